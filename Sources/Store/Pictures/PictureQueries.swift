import Imaging

/// New pictures whose like is looked for among stored ones: as they are, or one of the two as a variant of the other.
public struct PictureQueries: Sendable {
    private let pdq: [PDQHash]
    private let allForms: [PDQHash]
    private let maxDistance: Int
    private static let formsOfOne = 4

    /// Looks for what is within `maxDistance` bits, 0...31, of pictures with these hashes; at most 2^20 of them.
    /// `variants` has three for each, one picture after the other.
    public init(pdq: [PDQHash], variants: [PDQHash], maxDistance: Int) {
        self.pdq = pdq
        self.maxDistance = min(max(maxDistance, 0), PDQBand.greatestDistance)
        var forms: [PDQHash] = []
        forms.reserveCapacity(pdq.count * Self.formsOfOne)
        for (number, hash) in pdq.enumerated() {
            forms.append(hash)
            forms += variants[3 * number..<3 * number + 3]
        }
        allForms = forms
    }

    /// Calls `found` for every one of these pictures and every stored one of `sources` within the greatest distance of it in any
    /// form, once for every pair of forms, with the number of the new picture and the frames that have the stored one.
    public func forEachPair(
        in sources: [any PictureSource], _ found: (_ new: Int, _ frames: [Int64]) throws -> Void
    ) throws {
        if pdq.isEmpty || sources.isEmpty { return }
        for section in PictureSection.all {
            let hashes = section.forms == .asItIs ? allForms : pdq
            let probes = PDQProbes(hashes, band: section.band)
            for source in sources {
                try probes.forEachMeeting(
                    stored: source.starts(of: section), entries: { try source.entries($0, of: section) }
                ) { number, place in
                    let (form, picture) = try source.form(at: place, of: section)
                    guard form.distance(to: hashes[number]) <= maxDistance,
                        PDQBand.isFirst(section.band, form, hashes[number])
                    else { return }
                    try found(
                        section.forms == .asItIs ? number / Self.formsOfOne : number,
                        source.frames(of: picture))
                }
            }
        }
    }
}
