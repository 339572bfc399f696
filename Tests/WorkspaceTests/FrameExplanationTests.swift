import Canonical
import Geo
import Stages
import TestSupport
import Testing

@testable import Store
@testable import Workspace

/// What is said about a frame follows from what was stored, and agrees with how it was judged.
@Suite struct FrameExplanationTests {
    private static let start = UTCTime.at("2026-03-10T10:00:00Z")
    private static let asOf = UTCTime.at("2026-03-20T00:00:00Z")
    private let hive: TestWorkspace
    private let shelf: DeliveryShelf

    init() throws {
        hive = try TestWorkspace()
        shelf = try DeliveryShelf()
    }

    /// Ten frames: the fifth is 11 km away, the seventh shows nothing, the last has a time of 2100.
    private func faulty() -> TestUpload {
        var upload = TestUpload.drive(
            "ada", "drive-7", pictures: 50, count: 10, captured: Self.start,
            received: .at("2026-03-10T20:00:00Z"))
        upload.frames[4].latitude += 0.1
        upload.frames[6].isBlank = true
        upload.frames[9].time = 4_102_444_800_000
        return upload
    }

    private func explained(_ upload: TestUpload, removing: Bool = false) async throws -> [FrameExplanation] {
        let delivery = try shelf.delivery(upload)
        try await hive.ingest([delivery], asOf: Self.asOf)
        if removing { Files.remove(delivery.path) }
        let workspace = try hive.open()
        var reading = SourceReading(workspace)
        return try workspace.catalog.frames(.all, cellPrecision: 8).map {
            try FrameExplanation(of: $0, in: workspace, &reading)
        }
    }

    private func result(_ frame: FrameExplanation, _ rule: Rule) -> [CheckedRule.Result] {
        frame.checks.filter { $0.rule == rule }.map(\.result)
    }

    @Test func goesThroughTheChecks() async throws {
        let frames = try await explained(faulty())
        try #require(frames.count == 10)
        // In the order of time: the one of 2100 stands last.
        #expect(frames[0].frame.verdict == .accepted)
        #expect(frames[0].checks.allSatisfy { $0.result == .passed })
        let step = try #require(frames[1].checks.first { $0.rule == .positionImpossibleSpeed })
        // 0.0001 degrees of latitude are 11.1 m (WGS84 at 48 degrees: 111.2 km a degree).
        #expect((11_000...11_200).contains(step.value ?? 0) && step.limit ?? 0 > 55_000)

        let repaired = frames[4]
        #expect(repaired.frame.observed?.place.basis == .repaired)
        #expect(repaired.frame.evidence.doubt?.rule == .positionImpossibleSpeed)
        #expect(repaired.frame.evidence.doubted?.latitudeE7 == 483_004_000)
        #expect(result(repaired, .positionImpossibleSpeed) == [.repaired, .passed])
        #expect(result(repaired, .positionGap) == [.passed, .passed])
        #expect(repaired.surroundings?.elapsed == 2000)
        #expect(repaired.surroundings?.before?.time == UTCTime(milliseconds: Self.start.milliseconds + 3000))

        let blank = frames[6]
        let failed = try #require(blank.checks.first { $0.result == .failed })
        #expect(failed.rule == blank.frame.finding?.rule && failed.value == blank.frame.finding?.value)
        #expect(blank.frame.evidence.image != nil && blank.place?.basis == .own)
        #expect(result(blank, .timeFuture) == [.passed] && result(blank, .duplicateNear) == [.notReached])

        let future = frames[9]
        #expect(result(future, .timeFuture) == [.failed] && result(future, .timeBefore2000) == [.passed])
        #expect(result(future, .qualityDark) == [.notReached, .notReached])
        #expect(future.checks.first { $0.rule == .timeFuture }?.value == 4_102_444_800_000)
    }

    /// Exactly one check fails where a frame is not accepted, and it is that of its finding.
    @Test func oneCheckDecides() async throws {
        var upload = faulty()
        upload.frames.append(upload.frames[0])
        upload.frames.append(TestUpload.Frame(60, at: 1, 48.2, 11.04))
        upload.frames.append(TestUpload.Frame(61, at: Self.start.milliseconds + 60_000, 0.0001, 0.0001))
        upload.frames.append(TestUpload.Frame(62, at: Self.start.milliseconds + 70_000, 91, 0))
        for frame in try await explained(upload) {
            let failed = frame.checks.filter { $0.result == .failed }
            #expect(failed.map(\.rule) == [frame.frame.finding?.rule].compactMap { $0 })
            let rest = frame.checks.drop { $0.result != .failed }.dropFirst()
            #expect(rest.allSatisfy { $0.result == .notReached })
        }
    }

    /// A value that passed keeps its limit, on the right side.
    @Test func whatPassedIsWithinItsLimit() async throws {
        for frame in try await explained(faulty()) {
            for check in frame.checks where check.result == .passed {
                guard let value = check.value, let limit = check.limit else { continue }
                #expect(check.side == .atLeast ? value >= limit : value <= limit, "\(check)")
            }
        }
    }

    @Test func fieldsAreReadAgainFromTheSource() async throws {
        let frames = try await explained(faulty())
        guard case .read(let fields, _, false) = frames[4].source else {
            return #expect(Bool(false), "\(frames[4].source)")
        }
        let values = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })
        #expect(values[.time] == "2026-03-10T10:00:04Z")
        #expect(values[.latitude] == "\(48.2 + 4 * 0.0001 + 0.1) degrees")
        #expect(values[.longitude] == "11.04 degrees")
        #expect(fields.count == SourceReading.Name.allCases.count && values[.hdop] == .some(nil))
        #expect(fields.first { $0.name == .latitude }?.origin == "'lat' of the JSON file beside the image")
    }

    /// When the upload is gone, everything but the raw fields can still be said.
    @Test func whatWasKeptIsEnough() async throws {
        let gone = try await explained(faulty(), removing: true)
        for frame in gone {
            guard case .unavailable = frame.source else { return #expect(Bool(false), "\(frame.source)") }
        }
        let other = try TestWorkspace()
        try await other.ingest([shelf.delivery(faulty())], asOf: Self.asOf)
        let workspace = try other.open()
        var reading = SourceReading(workspace)
        let there = try workspace.catalog.frames(.all, cellPrecision: 8).map {
            try FrameExplanation(of: $0, in: workspace, &reading)
        }
        #expect(gone.map(\.checks) == there.map(\.checks))
    }

    /// An upload whose files were exchanged is not passed off as the one that was judged.
    @Test func aChangedSourceIsNotBelieved() async throws {
        let delivery = try shelf.delivery(faulty())
        try await hive.ingest([delivery], asOf: Self.asOf)
        try Files.flip("\(delivery.path)/frame-02.jpg", at: 300)
        let workspace = try hive.open()
        var reading = SourceReading(workspace)
        let frames = try workspace.catalog.frames(.all, cellPrecision: 8)
        #expect(
            try reading.fields(of: frames[2]) == .unavailable("the image in the upload is another one now"))
        guard case .read = try reading.fields(of: frames[3]) else { return #expect(Bool(false)) }
        Files.remove("\(delivery.path)/frame-00.jpg")
        Files.remove("\(delivery.path)/frame-00.json")
        var again = SourceReading(workspace)
        guard case .unavailable = try again.fields(of: frames[3]) else { return #expect(Bool(false)) }
    }
}

@Suite struct TraceSurroundingsTests {
    private static func point(_ seconds: Int64) -> TracePoint? {
        Coordinate(latitudeE7: 482_000_000 + Int(seconds) * 1000, longitudeE7: 110_000_000).map {
            TracePoint(time: UTCTime(milliseconds: seconds * 1000), position: $0)
        }
    }

    private let parts = [[10, 11, 12].compactMap(point), [20, 21].compactMap(point)]

    @Test(
        arguments: [
            (5, nil, 10, nil), (10, 10, 11, 0), (11, 11, 12, 0), (12, 12, 20, 0), (15, 12, 20, nil),
            (20, 20, 21, 1), (21, 21, nil, 1), (30, 21, nil, nil),
        ] as [(Int64, Int64?, Int64?, Int?)])
    func findsTheFixesOnEitherSide(_ time: Int64, _ before: Int64?, _ after: Int64?, _ part: Int?) {
        let around = TraceSurroundings(of: UTCTime(milliseconds: time * 1000), on: parts)
        #expect(around.before?.time.milliseconds == before.map { $0 * 1000 })
        #expect(around.after?.time.milliseconds == after.map { $0 * 1000 })
        #expect(around.part == part)
    }

    @Test func noTrace() {
        let around = TraceSurroundings(of: UTCTime(milliseconds: 0), on: [])
        #expect(around.before == nil && around.after == nil && around.elapsed == nil)
    }
}
