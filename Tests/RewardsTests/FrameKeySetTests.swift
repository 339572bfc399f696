import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Frame keys")
struct FrameKeySetTests {
    @Test("are there once they were added, and not before", arguments: [1, 2] as [UInt64])
    func againstSet(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        var keys = FrameKeySet()
        var expected: Set<UInt128> = []
        for _ in 0..<20_000 {
            // Few values in the lowest bits, so that they stand in each other's places; and 0.
            let key =
                UInt128(UInt64.random(in: 0...2, using: &numbers)) << 64
                | UInt128(UInt64.random(in: 0...3000, using: &numbers))
            let isNew = keys.insert(key: key)
            let isExpectedNew = expected.insert(key).inserted
            #expect(isNew == isExpectedNew)
        }
    }

    @Test("go by ids")
    func ids() {
        var keys = FrameKeySet()
        // The same characters in other bytes are another id.
        let ids = ["a", "b", "A", "\u{E9}", "e\u{301}", "a", "e\u{301}"]
        let areNew = ids.map { keys.insert($0) }
        #expect(areNew == [true, true, true, true, true, false, false])
    }
}
