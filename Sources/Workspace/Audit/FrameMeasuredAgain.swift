import Canonical
import Geo
import Imaging
import Rewards
import Stages
import Store

/// Something in which a frame is not what is published of it.
typealias SampleDifference = (code: String, expected: String, found: String)

/// A kept copy held against what is published of its frame, and against what the catalog has of it.
struct FrameMeasuredAgain {
    let record: FrameRecord
    let view: FrameView
    let kept: KeptPicture
    /// The hash of the copy's bytes.
    let copy: ContentHash
    let rules: Ruleset
    let commitments: LocationCommitments

    /// What differs in a copy of these bytes.
    func differences(_ bytes: [UInt8]) -> [SampleDifference] {
        guard case .accepted(let published) = record.verdict else { return [] }
        guard let observed = view.observed, view.verdict == .accepted else {
            return [("verdict", "accepted", "\(view.verdict.rawValue) in the catalog")]
        }
        var differences: [SampleDifference] = []
        func expect<Value: Equatable & CustomStringConvertible>(
            _ code: String, _ expected: Value, _ found: Value
        ) {
            if expected != found { differences.append((code, expected.description, found.description)) }
        }
        if view.content != record.sha256 {
            differences.append(("delivered", record.sha256?.hex ?? "none", view.content?.hex ?? "none"))
        }
        // Stripped copies have hashes of their own, which were noted when they were made from the bytes delivered.
        if copy != record.sha256, !kept.copies.contains(copy) {
            differences.append(
                ("copy", kept.copies.map(\.hex).sorted().joined(separator: " or "), copy.hex))
        }
        let place = observed.place
        expect(
            "cell", published.cell.description,
            Geohash(of: place.position, precision: published.cell.precision)?.description ?? "none")
        expect(
            "heading", published.octant.map { "\($0.number)" } ?? "unknown",
            place.heading.map { "\(HeadingOctant(headingCentidegrees: $0).number)" } ?? "unknown")
        if let location = published.location, let own = commitments.commitment(view.name, place.position) {
            expect("location", location, own)
        }
        do throws(Refusal) {
            let image = try Measure.image(bytes, rules: rules.measure, duplicates: rules.deduplicate)
            if image.pdq != kept.pdq || image.dHash != kept.dHash {
                let distance = image.pdq.distance(to: kept.pdq)
                differences.append(
                    ("picture", "the hashes in the catalog", "others, \(distance) of 256 bits apart"))
            }
            let quality = try Measure.observation(of: image, at: place, rules: rules.measure).quality
            expect("quality", published.quality, quality.permille)
            for (name, permille) in quality.factors {
                let before = published.factors.first { $0.name == name }?.permille
                guard before != permille else { continue }
                differences.append(
                    (
                        "factor", "\(name) \(before.map { "\($0)" } ?? "none")",
                        "\(name) \(permille)"
                    ))
            }
        } catch {
            differences.append(("image", "a picture that is accepted", error.finding.rule.rawValue))
        }
        return differences
    }
}
