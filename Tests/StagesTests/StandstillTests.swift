import Canonical
import Geo
import SeededNumbers
import Testing

@testable import Stages

@Suite("Standstill")
struct StandstillTests {
    static let rules = DeduplicateRules(
        maxDHashDistance: 16, maxPDQDistance: 31, minPDQQuality: 50, narrowCrop: 16, wideCrop: 42,
        standstillDistance: 2000)

    /// A frame `north` of the origin in units of 10^-7 degree, 11.12 mm each.
    private static func frame(_ seconds: Int64, north: Int = 0, quality: Int64 = 500, image: String = "x")
        throws
        -> Standstill.Frame
    {
        Standstill.Frame(
            time: UTCTime(milliseconds: seconds * 1000),
            position: try #require(Coordinate(latitudeE7: 500_000_000 + north, longitudeE7: 80_000_000)),
            quality: quality, image: .of(image))
    }

    @Test("finds the frames around the first of a stop, and no other")
    func stops() throws {
        // 0 and 5,000 units are 55 m apart; 100 are 1.1 m.
        let frames = try [0, 50, 100, 5000, 5100, 5050, 9000].enumerated().map {
            try Self.frame(Int64($0), north: $1)
        }
        #expect(
            Standstill.stops(of: frames, rules: Self.rules) == [
                .init(members: [0, 1, 2], best: 0), .init(members: [3, 4, 5], best: 3),
            ])
        #expect(Standstill.stops(of: [], rules: Self.rules).isEmpty)
        #expect(Standstill.stops(of: Array(frames.prefix(1)), rules: Self.rules).isEmpty)
    }

    @Test("measures from the first frame, so that a crawling car gets on")
    func crawling() throws {
        // 100 units are 1,112 mm: every third one is beyond 2 m from the first.
        let frames = try (0..<6).map { try Self.frame(Int64($0), north: $0 * 100) }
        #expect(
            Standstill.stops(of: frames, rules: Self.rules).map(\.members) == [[0, 1], [2, 3], [4, 5]])
    }

    @Test("is two stops where the car comes back")
    func comingBack() throws {
        let frames = try [0, 0, 9000, 0, 0].enumerated().map { try Self.frame(Int64($0), north: $1) }
        #expect(Standstill.stops(of: frames, rules: Self.rules).map(\.members) == [[0, 1], [3, 4]])
    }

    /// mpmath: 1,000 units of latitude are 11,119.508 mm.
    @Test(
        "reaches to the standstill distance, which is inside",
        arguments: [(11_120, 1), (11_119, 0)] as [(Int64, Int)])
    func boundary(distance: Int64, stops: Int) throws {
        var rules = Self.rules
        rules.standstillDistance = distance
        let frames = try [Self.frame(0), Self.frame(1, north: 1000)]
        #expect(Standstill.stops(of: frames, rules: rules).count == stops)
    }

    @Test("keeps the best frame, then the earliest, then the one with the least hash")
    func best() throws {
        func best(_ frames: [Standstill.Frame]) -> Int? {
            Standstill.stops(of: frames, rules: Self.rules).first?.best
        }
        #expect(try best([Self.frame(0), Self.frame(1, quality: 501), Self.frame(2)]) == 1)
        #expect(try best([Self.frame(3), Self.frame(1), Self.frame(2)]) == 1)
        // SHA-256 of "a" is ca97..., of "b" 3e23..., of "c" 2e7d....
        #expect(
            try best([Self.frame(0, image: "a"), Self.frame(0, image: "c"), Self.frame(0, image: "b")]) == 1)
        #expect(try best([Self.frame(0, quality: .min), Self.frame(1, quality: .max)]) == 1)
    }

    @Test("does not depend on the order of frames", arguments: [1, 2, 3, 4] as [UInt64])
    func order(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<300 {
            // Few times, places and images, so that all collide; frames alike in all are told apart by nothing.
            let frames = try (0..<Int.random(in: 0...12, using: &numbers)).map { _ in
                try Self.frame(
                    Int64.random(in: 0...4, using: &numbers),
                    north: Int.random(in: 0...5, using: &numbers) * 90,
                    quality: Int64.random(in: 1...2, using: &numbers),
                    image: ["a", "b"][Int.random(in: 0...1, using: &numbers)])
            }
            let shuffled = frames.shuffled(using: &numbers)
            let (left, right) = (Self.described(frames), Self.described(shuffled))
            if left != right { Issue.record("seed \(seed), round \(round): \(left), \(right)") }
        }
    }

    private static func described(_ frames: [Standstill.Frame]) -> [[String]] {
        func text(_ index: Int) -> String {
            let frame = frames[index]
            return "\(frame.time) \(frame.position) \(frame.quality) \(frame.image.hex.prefix(4))"
        }
        return Standstill.stops(of: frames, rules: rules).map { stop in
            stop.members.map(text) + ["best " + text(stop.best)]
        }
    }
}
