import Canonical
import Imaging
import Testing

@testable import Stages

@Suite("PictureHashes")
struct NearIdentityTests {
    private static func hashes(
        _ content: String, dHash: UInt64 = 0, pdq: UInt64 = 0, quality: Int = 100
    ) -> PictureHashes {
        PictureHashes(
            content: .of(content), dHash: DHash(bits: dHash), pdq: PDQHash(w0: 0, w1: pdq, w2: 0, w3: 0),
            pdqQuality: quality)
    }

    private static func match(_ left: PictureHashes, _ right: PictureHashes) -> PictureMatch? {
        let match = left.match(right, rules: StandstillTests.rules)
        #expect(right.match(left, rules: StandstillTests.rules) == match)
        return match
    }

    @Test("are the same byte for byte, whatever their quality")
    func exact() {
        #expect(Self.match(Self.hashes("a", quality: 0), Self.hashes("a", quality: 0)) == .exact)
    }

    @Test("are near up to 31 bits of PDQ, and not at 32")
    func pdq() {
        let base = Self.hashes("a")
        #expect(Self.match(base, Self.hashes("b")) == .near(distance: 0))
        #expect(Self.match(base, Self.hashes("b", pdq: 1 << 31 - 1)) == .near(distance: 31))
        #expect(Self.match(base, Self.hashes("b", pdq: 1 << 32 - 1)) == nil)
        #expect(Self.match(base, Self.hashes("b", pdq: .max)) == nil)
    }

    @Test("are candidates up to 6 bits of dHash, and not at 7")
    func dHash() {
        let base = Self.hashes("a")
        #expect(Self.match(base, Self.hashes("b", dHash: 0b11_1111)) == .near(distance: 0))
        #expect(Self.match(base, Self.hashes("b", dHash: 0b111_1111)) == nil)
    }

    @Test("are not compared by PDQ below quality 50, on either side")
    func quality() {
        #expect(
            Self.match(Self.hashes("a", quality: 50), Self.hashes("b", quality: 50)) == .near(distance: 0))
        #expect(Self.match(Self.hashes("a", quality: 49), Self.hashes("b", quality: 100)) == nil)
    }
}
