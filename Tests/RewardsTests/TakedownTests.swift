import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

@Suite("Takedown")
struct TakedownTests {
    /// The ids were computed with Python's hashlib over the texts as they stand here.
    @Test("is named by its canonical JSON")
    func names() throws {
        let frame = try Takedown(
            .frame("0f3a91c2b4d5e6f7-0-00012"), reason: .privacy, by: "case-117",
            at: UTCTime(milliseconds: 1_773_000_000_000))
        #expect(
            frame.canonicalJSON.text
                == #"{"at":1773000000000,"by":"case-117","kind":"frame","reason":"privacy","target":"0f3a91c2b4d5e6f7-0-00012"}"#
        )
        #expect(frame.id == "a50d1115e78bc3d2")
        #expect(frame.message == "a50d1115e78bc3d2 privacy")
        let cell = try Takedown(
            .zone(#require(Zone("u281z7h"))), reason: .legal, note: "two\u{A0}houses",
            by: "Büro \"Süd\" \\ 2", at: UTCTime(milliseconds: -1))
        #expect(cell.id == "e1f6c89080aa6383")
        let box = try Takedown(
            .zone(
                #require(
                    Zone(southE7: -10, westE7: 1_799_999_990, northE7: 10, eastE7: -1_799_999_990))),
            reason: .other, by: "ops", at: UTCTime(milliseconds: 0))
        #expect(box.id == "6d23e8774e9d4322")
        for takedown in [frame, cell, box] {
            #expect(try Takedown(json: takedown.canonicalJSON.bytes) == takedown)
        }
    }

    @Test(
        "refuses JSON that is not the form",
        arguments: [
            (#""kind":"drive""#, #""kind":"upload""#, "$.kind"), (#""by":"ops""#, #""by":"""#, "$.by"),
            (#""by":"ops""#, #""by":7"#, "$.by"), (#""reason":"error""#, #""reason":"whim""#, "$.reason"),
            (#""target":"d9""#, #""target":null"#, "$.target"), (#""at":"#, #""act":1,"at":"#, "$.act"),
            (#""at":"#, #""at":1,"at":"#, "byte 26"), (#""by":"ops","#, "", "$.by"),
            (#""note":"upside down""#, #""note":"up\u001bside down""#, "$.note"),
            (#""note":"upside down""#, #""note":null"#, "$"), (#"{"at""#, #"{ "at""#, "$"),
            (#""at":"#, #""at":9999"#, "$.at"),
            (#""kind":"drive""#, #""kind":"zone","south_e7":1"#, "$.south_e7"),
            (
                #""kind":"drive","note":"upside down","reason":"error","target":"d9""#,
                #""kind":"zone","reason":"error","target":"da""#, "$.target"
            ),
            (
                #""kind":"drive","note":"upside down","reason":"error","target":"d9""#,
                #""kind":"zone","reason":"error","target":{"east_e7":1,"north_e7":1,"south_e7":0}"#,
                "$.target.west_e7"
            ),
            (
                #""kind":"drive","note":"upside down","reason":"error","target":"d9""#,
                #""kind":"zone","reason":"error","target":{"east_e7":1,"north_e7":0,"south_e7":0,"west_e7":0}"#,
                "$.target"
            ),
        ])
    func strictness(good: String, bad: String, place: String) throws {
        let takedown = try SampleChain.takedown(.drive("d9"), at: 300, note: "upside down")
        let text = takedown.canonicalJSON.text
        try #require(text.contains(good))
        let changed = Array(text.replacing(good, with: bad).utf8)
        #expect { try Takedown(json: changed) } throws: { ($0 as? JSONError)?.place == place }
    }

    @Test("takes printable text of some length")
    func texts() throws {
        func refused(note: String? = nil, by: String = "ops", _ target: String = "d") -> String? {
            do throws(RecordError) {
                _ = try Takedown(
                    .drive(target), reason: .other, note: note, by: by, at: UTCTime(milliseconds: 0))
                return nil
            } catch {
                return error.member
            }
        }
        #expect(
            refused(note: String(repeating: "x", count: 1000), by: String(repeating: "ö", count: 50)) == nil)
        #expect(refused(note: "") == "note")
        #expect(refused(note: String(repeating: "x", count: 1001)) == "note")
        #expect(refused(by: "") == "by")
        #expect(refused(by: String(repeating: "ö", count: 51)) == "by")
        #expect(refused("") == "target")
        for character in ["\n", "\u{0}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2028}", "\u{200B}", "\u{FEFF}"] {
            #expect(refused(note: "a\(character)b") == "note" && refused(by: character) == "by")
            #expect(refused(character) == "target")
        }
        let tooLate = UTCTime(milliseconds: 1 << 53)
        #expect { try Takedown(.drive("d"), reason: .other, by: "ops", at: tooLate) } throws: {
            ($0 as? RecordError)?.member == "at"
        }
    }

    @Test("matches what it names")
    func matching() throws {
        let position = try #require(Coordinate(latitudeE7: 482_000_000, longitudeE7: 110_400_000))
        let frame = TakedownSubject(
            frame: "f", drive: "d", contributor: "c", receivedAt: UTCTime(milliseconds: 1000),
            position: position)
        func matches(_ target: Takedown.Target, at time: Int64 = 1000) throws -> Bool {
            try Takedown(target, reason: .other, by: "ops", at: UTCTime(milliseconds: time)).matches(frame)
        }
        #expect(try matches(.frame("f")) && !matches(.frame("d")))
        #expect(try matches(.drive("d"), at: 0) && !matches(.drive("f")))
        // Bytes are compared: canonically equivalent characters are two.
        #expect(try !matches(.contributor("C")) && !matches(.contributor("c\u{301}")))
        #expect(try matches(.contributor("c")) && !matches(.contributor("c"), at: 999))
        #expect(try matches(.zone(#require(Zone("u0xf"))), at: 0))
        #expect(try !matches(.zone(#require(Zone("u281")))))
    }

    @Test("speaks in the order of time and id, whatever order they are given in")
    func order() throws {
        var numbers = SeededNumbers(seed: 5)
        let targets: [Takedown.Target] = [
            .frame("f"), .drive("d"), .contributor("c"), .drive("other"),
            .zone(try #require(Zone("0,0,1,1"))),
        ]
        let position = try #require(Coordinate(latitudeE7: 5_000_000, longitudeE7: 5_000_000))
        for _ in 0..<200 {
            var takedowns: [Takedown] = []
            for _ in 0..<Int.random(in: 0...6, using: &numbers) {
                takedowns.append(
                    try Takedown(
                        targets.randomElement(using: &numbers) ?? targets[0], reason: .other, by: "ops",
                        at: UTCTime(milliseconds: Int64.random(in: 0...4, using: &numbers))))
            }
            let frame = TakedownSubject(
                frame: "f", drive: "d", contributor: "c", receivedAt: UTCTime(milliseconds: 2),
                position: Bool.random(using: &numbers) ? position : nil)
            let expected = takedowns.filter { $0.matches(frame) }.min {
                ($0.at.milliseconds, $0.id) < ($1.at.milliseconds, $1.id)
            }
            #expect(StandingTakedowns(takedowns).first(matching: frame) == expected)
        }
    }
}
