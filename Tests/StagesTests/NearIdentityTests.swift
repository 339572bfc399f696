import Canonical
import Imaging
import Testing

@testable import Stages

@Suite("PictureHashes")
struct NearIdentityTests {
    private static let none = PDQHash(w0: .max, w1: .max, w2: .max, w3: .max)

    private static func hashes(
        _ content: String, dHash: UInt64 = 0, pdq: UInt64 = 0, quality: Int = 100, mirrored: UInt64? = nil,
        narrow: UInt64? = nil, wide: UInt64? = nil
    ) -> PictureHashes {
        func hash(_ word: UInt64?) -> PDQHash { word.map { PDQHash(w0: 0, w1: $0, w2: 0, w3: 0) } ?? none }
        return PictureHashes(
            content: .of(content), dHash: DHash(bits: dHash), pdq: hash(pdq),
            variants: PDQVariants(
                mirrored: hash(mirrored), narrowCrop: hash(narrow), wideCrop: hash(wide)),
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

    @Test("are alike up to 16 bits of dHash, and not at 17")
    func dHash() {
        let base = Self.hashes("a")
        #expect(Self.match(base, Self.hashes("b", dHash: 0xFFFF)) == .near(distance: 0))
        #expect(Self.match(base, Self.hashes("b", dHash: 0x1_FFFF)) == nil)
    }

    @Test("are not compared by PDQ below quality 50, on either side")
    func quality() {
        #expect(
            Self.match(Self.hashes("a", quality: 50), Self.hashes("b", quality: 50)) == .near(distance: 0))
        #expect(Self.match(Self.hashes("a", quality: 49), Self.hashes("b", quality: 100)) == nil)
    }

    @Test("are mirrored where the mirror image of either is near the other, by PDQ and by dHash")
    func mirrored() {
        let base = Self.hashes("a", pdq: .max, mirrored: 0)
        // Every row of a hash of no gradient to the right is one of gradients to the right in the mirror.
        #expect(
            Self.match(base, Self.hashes("b", dHash: .max, pdq: 1 << 31 - 1)) == .mirrored(distance: 31))
        #expect(Self.match(base, Self.hashes("b", dHash: .max, pdq: 1 << 32 - 1)) == nil)
        #expect(Self.match(base, Self.hashes("b", dHash: 0, pdq: 0)) == nil)
    }

    @Test("are cropped where a crop of either is near the other; the nearer one tells by how much")
    func cropped() {
        let base = Self.hashes("a", pdq: .max, narrow: 0b111, wide: 0)
        #expect(Self.match(base, Self.hashes("b", pdq: 0)) == .cropped(distance: 0, permille: 42))
        #expect(Self.match(base, Self.hashes("b", pdq: 0b111)) == .cropped(distance: 0, permille: 16))
        #expect(Self.match(base, Self.hashes("b", dHash: 0x1_FFFF, pdq: 0)) == nil)
        // 32 bits from each of the two crops, and from the picture as it is.
        let far = Self.hashes("c", pdq: .max, narrow: 0, wide: 0)
        #expect(Self.match(far, Self.hashes("b", pdq: 1 << 32 - 1)) == nil)
        #expect(
            Self.match(far, Self.hashes("b", pdq: 1 << 31 - 1)) == .cropped(distance: 31, permille: 16))
    }

    @Test("are as they are before they are mirrored, and mirrored before cropped")
    func order() {
        // Half of each row is its own mirror image: 0b00001111.
        let dHash: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
        let base = Self.hashes("a", dHash: dHash, pdq: .max, mirrored: 1, narrow: 0)
        #expect(Self.match(base, Self.hashes("b", dHash: dHash, pdq: 0)) == .mirrored(distance: 1))
        let near = Self.hashes("c", dHash: dHash, pdq: 7, mirrored: 0, narrow: 0)
        #expect(Self.match(near, Self.hashes("b", dHash: dHash, pdq: 0)) == .near(distance: 3))
    }
}
