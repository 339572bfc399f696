import Canonical
import SeededNumbers
import Testing

@testable import Stages

@Suite("Precedence")
struct PrecedenceTests {
    private static func precedence(
        received: Int64 = 0, captured: Int64 = 0, content: String = "a",
        frame: String = "f"
    ) -> Precedence {
        Precedence(
            receivedAt: UTCTime(milliseconds: received),
            capturedAt: UTCTime(milliseconds: captured), content: .of(content), frame: frame)
    }

    /// SHA-256 of "a" is ca97..., of "b" 3e23..., of "c" 2e7d....
    @Test("goes by receipt, capture, hash and id, each before all that follow")
    func steps() {
        let ordered = [
            Self.precedence(received: .min, captured: .max),
            Self.precedence(received: 1, captured: 5, content: "a"),
            Self.precedence(received: 1, captured: 6, content: "c", frame: "z"),
            Self.precedence(received: 1, captured: 6, content: "b", frame: "a"),
            Self.precedence(received: 1, captured: 6, content: "b", frame: "b"),
            Self.precedence(received: .max, captured: .min),
        ]
        for (left, a) in ordered.enumerated() {
            for (right, b) in ordered.enumerated() { #expect((a < b) == (left < right)) }
        }
    }

    @Test("is a total order", arguments: [1, 2, 3] as [UInt64])
    func totalOrder(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        let some = (0..<60).map { _ in
            Self.precedence(
                received: Int64.random(in: 0...1, using: &numbers),
                captured: Int64.random(in: 0...1, using: &numbers),
                content: ["a", "b"].randomElement(using: &numbers) ?? "",
                frame: ["x", "y"].randomElement(using: &numbers) ?? "")
        }
        for a in some {
            for b in some {
                // Exactly one of before, after and equal.
                let kinds = [a < b, b < a, a == b].filter { $0 }.count
                if kinds != 1 { Issue.record("seed \(seed): \(a), \(b)") }
                for c in some.prefix(20) where a < b && b < c && !(a < c) { Issue.record("\(a), \(b), \(c)") }
            }
        }
        #expect(some.sorted() == some.shuffled(using: &numbers).sorted())
    }
}
