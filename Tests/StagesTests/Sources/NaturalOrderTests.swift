import DriveFormats
import SeededNumbers
import Testing

@testable import Stages

/// The order of file names as people read them.
struct NaturalOrderTests {
    @Test func numbersCountAsNumbers() {
        let names = ["", "1.jpg", "2.jpg", "10.jpg", "a", "a1b2", "a1b10", "a02", "a2", "a10", "b/1", "b/09"]
        let sources = names.map { ByteSource(path: $0) }
        for seed in 0..<50 {
            var random = SplitMix64(seed: UInt64(seed))
            let sorted = sources.shuffled(using: &random).sorted(by: NaturalOrder.precedes)
            #expect(sorted.map(\.path) == names, "seed \(seed)")
        }
    }

    @Test func imagesOfOneFileGoByTheirPlace() {
        let later = ByteSource(path: "a", range: 9..<10)
        let sooner = ByteSource(path: "a", range: 1..<9)
        #expect(NaturalOrder.precedes(sooner, later) && !NaturalOrder.precedes(later, sooner))
        #expect(!NaturalOrder.precedes(later, later))
    }
}
