import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

@Suite("Score")
struct ScoreTests {
    static let week: Int64 = 7 * 86_400_000
    static let rules = ScoreRules(cellPrecision: 8, freshnessPeriod: week)

    @Test("makes one pass of a drive through a cell, named after its best frame")
    func onePass() throws {
        let frames = try [
            Self.frame("c", at: 3000, quality: 700), Self.frame("b", at: 2000, quality: 700),
            Self.frame("a", at: 1000, quality: 400), Self.frame("d", at: 2000, quality: 700),
        ]
        let passes = Score.passes(of: frames, history: [:], rules: Self.rules)
        let pass = try #require(passes.first)
        #expect(passes.count == 1)
        #expect(pass.coveredAt == UTCTime(milliseconds: 1000))
        #expect(pass.frames == 4)
        #expect(pass.bestFrame == "b")
        #expect(pass.quality == 700)
        #expect(pass.previousAt == nil)
        #expect(pass.freshness == 1000)
        // cos(37.77 degrees) = 0.7905
        #expect(pass.area == 790)
        #expect(pass.points == 790 * 700)
    }

    @Test("makes no pass of frames without heading, and takes a frame given twice once")
    func nothingToPass() throws {
        let blind = try Self.frame("a", at: 0, octant: nil)
        #expect(Score.passes(of: [blind], history: [:], rules: Self.rules).isEmpty)
        let frame = try Self.frame("a", at: 0)
        #expect(Score.passes(of: [frame, frame], history: [:], rules: Self.rules).map(\.frames) == [1])
    }

    @Test(
        "grows fresh linearly",
        arguments: [
            (0, 0), (1, 0), (week / 1000 - 1, 0), (week / 1000, 1), (week / 2, 500), (week - 1, 999),
            (week, 1000),
            (10 * week, 1000),
        ] as [(Int64, Int64)])
    func freshness(elapsed: Int64, permille: Int64) throws {
        let first = try Self.frame("a", drive: "first", at: 5000)
        let second = try Self.frame("b", drive: "second", at: 5000 + elapsed)
        let passes = Score.passes(of: [second, first], history: [:], rules: Self.rules)
        #expect(passes.map(\.freshness) == [1000, permille])
        #expect(passes.last?.previousAt == first.capturedAt)
        #expect(passes.last?.points == UInt64(790 * 1000 * permille / 1000))
    }

    @Test("looks at what was covered before, not at what was covered later")
    func history() throws {
        let frame = try Self.frame("a", at: 2 * Self.week)
        let coverage = Coverage(cell: frame.cell, octant: try #require(frame.octant))
        func previous(_ times: [Int64]) -> Int64? {
            let history = [coverage: times.map { UTCTime(milliseconds: $0) }]
            return Score.passes(of: [frame], history: history, rules: Self.rules).first?.previousAt?
                .milliseconds
        }
        #expect(previous([]) == nil)
        #expect(previous([2 * Self.week + 1]) == nil)
        #expect(previous([3 * Self.week, 7, 2 * Self.week - 1, 9]) == 2 * Self.week - 1)
        #expect(previous([2 * Self.week, 5]) == 2 * Self.week)
    }

    @Test("does not overflow on absurd times and qualities")
    func extremes() throws {
        let frames = try [
            Self.frame("a", drive: "a", at: .min, quality: .max),
            Self.frame("b", drive: "b", at: .max, quality: .min),
        ]
        let passes = Score.passes(of: frames, history: [:], rules: Self.rules)
        #expect(passes.map(\.points) == [790_000, 0])
        #expect(passes.map(\.freshness) == [1000, 1000])
    }

    @Test("keeps drives apart whose ids only look the same")
    func bytes() throws {
        let frames = try [Self.frame("a", drive: "\u{E9}", at: 0), Self.frame("b", drive: "e\u{301}", at: 0)]
        let passes = Score.passes(of: frames, history: [:], rules: Self.rules)
        #expect(passes.map(\.freshness) == [1000, 0])
        #expect(passes.map(\.bestFrame) == ["b", "a"])
    }

    @Test(
        "equals the definition, in whatever order frames and history come",
        arguments: [1, 2, 3, 4] as [UInt64])
    func definition(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let frames = try Self.frames(&numbers)
            var history: [Coverage: [UTCTime]] = [:]
            for frame in frames where Int.random(in: 0..<4, using: &numbers) == 0 {
                guard let octant = frame.octant else { continue }
                let time = UTCTime(milliseconds: Int64.random(in: -2...12, using: &numbers) * Self.week / 8)
                history[Coverage(cell: frame.cell, octant: octant), default: []].append(time)
            }
            let passes = Score.passes(of: frames, history: history, rules: Self.rules)
            try #require(passes == Self.passesByDefinition(frames, history))
            let shuffled = Score.passes(
                of: frames.shuffled(using: &numbers),
                history: history.mapValues { $0.shuffled(using: &numbers) },
                rules: Self.rules)
            try #require(passes == shuffled)
        }
    }

    /// The definition of a pass, word for word and slow.
    private static func passesByDefinition(
        _ frames: [CreditedFrame], _ history: [Coverage: [UTCTime]]
    ) -> [Pass] {
        struct Key: Hashable {
            let drive: String
            let coverage: Coverage
        }
        var groups: [Key: [CreditedFrame]] = [:]
        for frame in frames {
            guard let octant = frame.octant else { continue }
            let key = Key(drive: frame.drive, coverage: Coverage(cell: frame.cell, octant: octant))
            groups[key, default: []].append(frame)
        }
        let starts = groups.mapValues { $0.map(\.capturedAt).min() ?? UTCTime(milliseconds: 0) }
        let passes = groups.map { key, group in
            let best = group.sorted {
                ($1.quality, $0.capturedAt, $0.frame) < ($0.quality, $1.capturedAt, $1.frame)
            }[0]
            let start = starts[key] ?? UTCTime(milliseconds: 0)
            let here = starts.filter {
                $0.key.coverage == key.coverage && ($0.value, $0.key.drive) < (start, key.drive)
            }
            let before = Array(here.values) + history[key.coverage, default: []].filter { $0 <= start }
            let previous = before.max()
            let elapsed = previous.map { start.milliseconds - $0.milliseconds } ?? week
            let freshness = min(1000, elapsed * 1000 / week)
            let area = Geodesy.cosinePermille(latitudeE7: key.coverage.cell.middleLatitudeE7)
            return Pass(
                coverage: key.coverage, drive: key.drive, contributor: best.contributor, coveredAt: start,
                frames: Int64(group.count), bestFrame: best.frame, quality: best.quality,
                previousAt: previous,
                freshness: freshness, area: area, points: UInt64(area * best.quality * freshness / 1000))
        }
        return passes.sorted { ($0.coveredAt, $0.drive, $0.coverage) < ($1.coveredAt, $1.drive, $1.coverage) }
    }

    /// A few drives through a few cells, so that everything collides.
    private static func frames(_ numbers: inout SplitMix64) throws -> [CreditedFrame] {
        try (0..<Int.random(in: 0...30, using: &numbers)).map { index in
            let drive = Int.random(in: 0..<4, using: &numbers)
            return try frame(
                "frame-\(index)", drive: "drive-\(drive)", contributor: "contributor-\(drive / 2)",
                at: Int64.random(in: 0...8, using: &numbers) * week / 8,
                cell: ["9q8yyk8y", "9q8yyk8z", "u33db2m3"][Int.random(in: 0..<3, using: &numbers)],
                octant: [nil, 0, 5][Int.random(in: 0..<3, using: &numbers)],
                quality: Int64.random(in: 0...4, using: &numbers) * 250)
        }
    }

    private static func frame(
        _ id: String, drive: String = "drive", contributor: String = "bee", at milliseconds: Int64,
        cell: String = "9q8yyk8y", octant: Int64? = 0, quality: Int64 = 1000
    ) throws -> CreditedFrame {
        CreditedFrame(
            frame: id, drive: drive, contributor: contributor,
            capturedAt: UTCTime(milliseconds: milliseconds),
            cell: try #require(Geohash(cell)), octant: octant.flatMap(HeadingOctant.init(number:)),
            quality: quality)
    }
}
