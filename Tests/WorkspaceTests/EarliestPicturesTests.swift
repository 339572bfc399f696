import Canonical
import Imaging
import SeededNumbers
import Stages
import Testing

@testable import Store
@testable import Workspace

/// The few pictures that are kept of many equal ones give every frame the original that all of them would.
@Suite struct EarliestPicturesTests {
    private static func picture(_ id: Int64, _ random: inout SplitMix64) -> CatalogPicture {
        let hash = PDQHash(w0: 0, w1: 0, w2: 0, w3: 0)
        let isSealed = Int.random(in: 0..<4, using: &random) == 0
        let stop = Int64.random(in: 0..<5, using: &random)
        return CatalogPicture(
            id: id,
            hashes: PictureHashes(
                content: .of("same"), dHash: DHash(bits: 0), pdq: hash,
                variants: PDQVariants(mirrored: hash, narrowCrop: hash, wideCrop: hash), pdqQuality: 100),
            precedence: Precedence(
                receivedAt: UTCTime(milliseconds: Int64.random(in: 0..<6, using: &random)),
                capturedAt: UTCTime(milliseconds: 0), content: .of("same"), frame: "\(id)"),
            stop: stop < 3 ? CatalogPicture.Stop(drive: 1, number: stop) : nil,
            isSealed: isSealed, isPaid: isSealed && Bool.random(using: &random), original: nil)
    }

    /// The earliest of `others` that can be the original of `picture`: not of its stop, paid before unpaid, then earlier.
    private static func original(of picture: CatalogPicture, among others: [CatalogPicture]) -> Int64? {
        others.filter { other in
            if other.id == picture.id || (picture.stop != nil && other.stop == picture.stop) { return false }
            return other.isPaid == picture.isPaid ? other.precedence < picture.precedence : other.isPaid
        }.min { $0.precedence < $1.precedence }?.id
    }

    @Test(arguments: 0..<10)
    func areEnough(part: Int) {
        for seed in UInt64(part * 100)..<UInt64(part * 100 + 100) {
            var random = SplitMix64(seed: seed)
            let pictures = (0..<Int64.random(in: 1...14, using: &random)).map { Self.picture($0, &random) }
            var kept = EarliestPictures()
            for picture in pictures.shuffled(using: &random) { kept.add(picture) }
            #expect(kept.all.count <= 4)
            for picture in pictures {
                let found = Self.original(of: picture, among: kept.all)
                let expected = Self.original(of: picture, among: pictures)
                if found != expected {
                    Issue.record("seed \(seed): \(picture.id) has \(found ?? -1), not \(expected ?? -1)")
                }
            }
        }
    }
}
