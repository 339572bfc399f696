import Imaging
import Rewards
import Stages

/// How much of the picture is called the car itself, in stretches of one set as they are and with a bonnet drawn into them.
struct HoodOutcome {
    /// Drives with one kind of bonnet.
    struct Detection {
        let name: String
        /// What the bonnet hides of the picture, permille.
        let drawn: Int
        let least, most: Int64
        /// The least factor of any.
        let factor: Int64
    }

    let set: LabelledSet
    /// Stretches as they are, the largest share among them, permille, and the least factor.
    let drives: Int
    let most: Int64
    let factor: Int64
    private(set) var kinds: [Detection] = []

    /// No honest drive is worth less.
    var keepsPromises: Bool { factor == 1000 }

    /// Frames of a stretch, how far the next one begins behind it, and how many frames of a set are looked at.
    private static let (length, step, frames) = (40, 6, 52)

    private static let bonnets: [(name: String, share: Int, tone: Int, mirror: Int)] = [
        ("dark", 100, 20, 0), ("dark", 200, 20, 200), ("dark", 300, 20, 200), ("light", 200, 200, 400),
        ("as light as the road, mirroring", 200, 60, 400),
    ]

    init(of set: LabelledSet, rules: Ruleset) throws {
        self.set = set
        let honest = try Self.shares(set.frames.map { try FaultOutcome.measured($0, rules) }, rules)
        (drives, most) = (honest.count, honest.max() ?? 0)
        factor = honest.map(rules.measure.hood.permille).min() ?? 1000
        let rasters = try set.frames.prefix(Self.frames).map { try Raster(decoding: $0) }
        for bonnet in Self.bonnets {
            let images = try rasters.map { raster in
                let copy = raster.hooded(share: bonnet.share, tone: bonnet.tone, mirror: bonnet.mirror)
                return try FaultOutcome.measured(try copy.encoded(quality: 85), rules)
            }
            let shares = try Self.shares(images, rules)
            kinds.append(
                Detection(
                    // At the sides it is a twentieth lower, a third of that on the average.
                    name: bonnet.name, drawn: bonnet.share - 50 / 3, least: shares.min() ?? 0,
                    most: shares.max() ?? 0, factor: shares.map(rules.measure.hood.permille).min() ?? 1000))
        }
    }

    private static func shares(_ images: [ImageMeasurement], _ rules: Ruleset) throws -> [Int64] {
        try stride(from: 0, through: images.count - length, by: step).compactMap { start in
            let drive = try MadePlaces.observations(
                of: Array(images[start..<start + length]), rules: rules.measure)
            return DriveImagery(drive, rules: rules.measure).hoodShare
        }
    }
}
