import SeededNumbers
import Testing

@testable import Imaging

@Suite struct IntegerSquareRootTests {
    @Test func roundsDown() {
        for value in 0...10_000 as ClosedRange<UInt128> {
            let root = value.squareRootRoundedDown()
            #expect(root * root <= value && (root + 1) * (root + 1) > value)
        }
    }

    @Test(arguments: [31] as [UInt64])
    func isExactAtAnySize(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let root = UInt128(random.next() >> UInt64.random(in: 0..<64, using: &random))
            #expect((root * root).squareRootRoundedDown() == root, "seed \(seed)")
            if root > 0 { #expect((root * root - 1).squareRootRoundedDown() == root - 1, "seed \(seed)") }
        }
        #expect(UInt128.max.squareRootRoundedDown() == UInt128(UInt64.max))
    }
}
