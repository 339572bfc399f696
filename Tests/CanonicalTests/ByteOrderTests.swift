import SeededNumbers
import Testing

@testable import Canonical

@Suite("Byte order")
struct ByteOrderTests {
    @Test("of arrays is that of their elements", arguments: [1, 2] as [UInt64])
    func arrays(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        func bytes() -> [UInt8] {
            (0..<Int.random(in: 0...20, using: &numbers)).map { _ in UInt8.random(in: 0...1, using: &numbers)
            }
        }
        for _ in 0..<5000 {
            let (left, right) = (bytes(), bytes())
            #expect(left.hasSameBytes(as: right) == (left == right))
            #expect(left.hasSameBytes(as: left))
            let start = Int.random(in: 0...left.count, using: &numbers)
            #expect(left.place(of: 1, from: start) == left[start...].firstIndex(of: 1))
            left.withUnsafeBufferPointer {
                #expect($0.has(right, at: start) == left[start...].starts(with: right))
            }
        }
    }

    @Test("finds a text at its place alone")
    func texts() {
        Array("abcabc".utf8).withUnsafeBufferPointer { bytes in
            let places = (0...6).filter { bytes.has("bc", at: $0) }
            #expect(places == [1, 4])
            #expect((0...6).allSatisfy { bytes.has("", at: $0) })
            #expect(!bytes.has("abcabcd", at: 0))
        }
        [UInt8]().withUnsafeBufferPointer { bytes in
            #expect(bytes.has("", at: 0) && !bytes.has("a", at: 0) && bytes.has([], at: 0))
        }
    }
}
