import Testing

@testable import Imaging

@Suite struct CosineTableTests {
    /// cos(2a) = 2 cos(a)^2 - 1 ties every entry to others; 1 and 0 pin the ends.
    @Test func obeysTheDoubleAngle() {
        let one: Int64 = 1 << 20
        #expect(CosineTable.cosine(0) == one)
        #expect(CosineTable.cosine(64) == 0)
        #expect(CosineTable.cosine(128) == -one)
        for angle in 0..<512 {
            let cosine = CosineTable.cosine(angle)
            let doubled = 2 * cosine * cosine / one - one
            #expect(abs(CosineTable.cosine(2 * angle) - doubled) <= 4)
            #expect(CosineTable.cosine(angle + 256) == cosine)
            #expect(CosineTable.cosine(angle + 128) == -cosine)
        }
    }
}
