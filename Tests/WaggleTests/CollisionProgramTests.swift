import Foundation
import TestSupport
import Testing

/// Drives that collide, as `explain contributor` and `drive collisions` tell them.
struct CollisionProgramTests {
    /// 120 seconds of a drive northwards at 10 m/s, whose pictures show nothing, received on `day`.
    private static func drive(
        _ contributor: String, _ name: String, hour: Int, day: Int, latitude: Double = 48.2,
        longitude: Double = 11.04
    ) -> TestUpload {
        var upload = TestUpload.drive(
            contributor, name, pictures: 1, count: 120, captured: .at("2026-03-07T\(hour):00:00Z"),
            received: .at("2026-03-0\(day)T12:00:00Z"), latitude: latitude, longitude: longitude)
        for index in upload.frames.indices { upload.frames[index].isBlank = true }
        return upload
    }

    /// Ada's drive; Ben's 5 m beside it, received later; another one of Ben's far away at the same time; and Cleo's, which is
    /// Ada's an hour later.
    private static func hive() throws -> (hive: Hive, drives: [String: String]) {
        let hive = try Hive()
        try drive("ben", "far", hour: 10, day: 9, latitude: 49.2).deliver(to: hive.inbox)
        try drive("ben", "beside", hour: 10, day: 8, longitude: 11.04007).deliver(to: hive.inbox)
        try drive("cleo", "again", hour: 11, day: 9).deliver(to: hive.inbox)
        try drive("ada", "first", hour: 10, day: 7).deliver(to: hive.inbox)
        try drive("dan", "alone", hour: 10, day: 7, latitude: 52).deliver(to: hive.inbox)
        try Program.run(
            "ingest", "--workspace", hive.path, "--as-of", "2026-03-20T00:00:00Z", expecting: 0)
        let list = try Program.run("drive", "list", "--workspace", hive.path, "--json", expecting: 0)
            .records()
        let names = list.compactMap { record -> (String, String)? in
            guard let source = record["source"] as? String, let drive = record["drive"] as? String else {
                return nil
            }
            return (source, drive)
        }
        return (hive, Dictionary(uniqueKeysWithValues: names))
    }

    private static func explained(_ contributor: String, _ hive: Hive) throws -> [[String: Any]] {
        try Program.run(
            "explain", "contributor", contributor, "--workspace", hive.path, "--json", expecting: 0
        )
        .records()
    }

    @Test func aContributorsCollisionsAreTold() throws {
        let (hive, drives) = try Self.hive()
        let records = try Self.explained("ben", hive)
        #expect(records.last?["collisions"] as? Int == 3)
        let found = records.filter { $0["type"] as? String == "collision" }
        #expect(found.map { $0["kind"] as? String } == ["one_car", "replayed", "two_places"])
        let car = try #require(found.first)
        #expect(car["drive"] as? String == drives["beside"] && car["other"] as? String == drives["first"])
        #expect(car["other_contributor"] as? String == "ada" && car["first"] as? String == drives["first"])
        // 0.00007 degree of longitude on the sphere of 6,371,008.8 m, at 48.2 degrees north.
        let expected = 0.00007 * .pi / 180 * 6_371_008_800 * cos(48.206 * .pi / 180)
        #expect(abs(Double(car["distance_mm"] as? Int ?? 0) - expected) < 12)
        #expect(car["limit_mm"] as? Int == 20_000 && car["share"] as? Int == 1000)
        #expect(car["moments"] as? Int == 120 && car["delay_ms"] as? Int == 0)
        let places = try #require(found.last)
        #expect(places["drive"] as? String == drives["beside"] && places["other"] as? String == drives["far"])
        #expect(
            places["other_contributor"] as? String == "ben" && places["first"] as? String == drives["beside"])
        // The chord of one degree of latitude.
        let chord = 2 * 6_371_008_800 * sin(0.5 * .pi / 180)
        #expect(abs(Double(places["distance_mm"] as? Int ?? 0) - chord) < 50)
        #expect(places["limit_mm"] as? Int == 200_000)

        let story = try Program.run("explain", "contributor", "ben", "--workspace", hive.path, expecting: 0)
            .output
        let (beside, first) = (try #require(drives["beside"]), try #require(drives["first"]))
        #expect(story.contains("3 collisions of drives:"))
        #expect(story.contains("\(beside) was in one car with, or is the same drive as, \(first) of ada: "))
        #expect(story.contains("\(first) came first"))
        #expect(story.contains("was in another place at the same time than"))
    }

    @Test func aReplayIsToldToBoth() throws {
        let (hive, drives) = try Self.hive()
        let copy = try #require(
            try Self.explained("cleo", hive).first { $0["type"] as? String == "collision" })
        #expect(copy["kind"] as? String == "replayed" && copy["delay_ms"] as? Int == 3_600_000)
        #expect(
            copy["drive"] as? String == drives["again"]
                && copy["first"] as? String == copy["other"] as? String)
        let original = try Self.explained("ada", hive).filter { $0["type"] as? String == "collision" }
        #expect(original.map { $0["kind"] as? String } == ["one_car", "replayed"])
        #expect(original.allSatisfy { $0["drive"] as? String == drives["first"] })
        #expect(original.allSatisfy { $0["first"] as? String == drives["first"] })
        let none = try Self.explained("dan", hive)
        #expect(none.last?["collisions"] as? Int == 0)
        #expect(!none.contains { $0["type"] as? String == "collision" })
        // Every one of them, each once, in what lists all.
        let all = try Program.run("drive", "collisions", "--workspace", hive.path, "--json", expecting: 0)
            .records().dropLast()
        let told = try ["ada", "ben", "cleo"].flatMap { try Self.explained($0, hive) }
            .filter { $0["type"] as? String == "collision" }
        func pair(_ record: [String: Any]) -> String {
            "\(record["kind"] ?? "") \(record["earlier"] ?? "") \(record["later"] ?? "")"
        }
        #expect(Set(all.map(pair)) == Set(told.map(pair)) && all.count == Set(all.map(pair)).count)
    }
}
