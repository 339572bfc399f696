import SeededNumbers
import Canonical
import TestSupport

@testable import Workspace

/// Uploads of a small world drawn from a seed: copies of other people's frames, encoded again or byte for byte,
/// stops, refused frames, and the same upload delivered more than once.
struct RandomHistory {
    static let end = UTCTime.at("2026-04-01T00:00:00Z")
    /// In order of receipt.
    private(set) var deliveries: [Delivery] = []
    private(set) var uploads: [TestUpload] = []

    init(seed: UInt64, shelf: DeliveryShelf, uploads count: Int = 6) throws {
        var random = SplitMix64(seed: seed)
        let monday = UTCTime.at("2026-03-02T00:00:00Z").milliseconds
        for number in 0..<count {
            let captured = monday + Int64.random(in: 0..<14 * 86_400, using: &random) * 1000
            let received = captured + 60_000 + Int64.random(in: 0..<5 * 86_400, using: &random) * 1000
            var frames: [TestUpload.Frame] = []
            let row = 48.2 + Double(Int.random(in: 0..<3, using: &random)) * 0.002
            for place in 0..<Int.random(in: 3...5, using: &random) {
                var frame = TestUpload.Frame(
                    UInt64(number * 10 + place), at: captured + Int64(place) * 1000,
                    row + Double(place) * 0.0001, 11.04)
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<4:
                    // Somebody's picture, perhaps one that is yet to be uploaded.
                    frame.picture = UInt64(
                        Int.random(in: 0..<count, using: &random) * 10 + Int.random(in: 0..<4, using: &random)
                    )
                    frame.quality = Bool.random(using: &random) ? 90 : 70
                case 4: frame.isBlank = true
                case 5: frame.latitude = row + Double(max(0, place - 1)) * 0.0001
                case 6 where place == 0: frame.time += 86_400_000 * 2
                default: break
                }
                frames.append(frame)
            }
            let contributor = ["ada", "ben", "cleo"].randomElement(using: &random) ?? "ada"
            uploads.append(
                TestUpload(
                    contributor, "drive-\(number)", received: UTCTime(milliseconds: received), frames))
        }
        for upload in uploads {
            deliveries.append(try shelf.delivery(upload))
            guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
            // Delivered again, with an earlier or a later receipt.
            let again =
                upload.receivedAt.milliseconds + Int64.random(in: -90_000...900_000, using: &random) * 100
            var copy = upload
            copy.receivedAt = UTCTime(milliseconds: again)
            deliveries.append(try shelf.delivery(copy))
        }
        deliveries.sort {
            ($0.receivedAt?.milliseconds ?? 0, $0.name) < ($1.receivedAt?.milliseconds ?? 0, $1.name)
        }
    }
}
