import Imaging
import Rewards
import Stages

/// How much of the picture is called the car itself, in stretches of one set as they are and with a bonnet drawn into them.
struct HoodOutcome {
    /// Drives with one kind of bonnet, or camera.
    struct Detection {
        let name: String
        /// What the bonnet hides of the picture, permille; nil where none is drawn.
        let drawn: Int?
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

    /// How many frames of a set are looked at, three stretches.
    private static let frames = 52

    private static let faults: [(name: String, share: Int?, change: @Sendable (Raster) -> Raster)] = [
        ("dark", 100, { $0.hooded(share: 100, tone: 20, mirror: 0) }),
        ("dark", 200, { $0.hooded(share: 200, tone: 20, mirror: 200) }),
        ("dark", 300, { $0.hooded(share: 300, tone: 20, mirror: 200) }),
        ("light", 200, { $0.hooded(share: 200, tone: 200, mirror: 400) }),
        ("as light as the road, mirroring", 200, { $0.hooded(share: 200, tone: 60, mirror: 400) }),
        ("none, the camera looks up by 200", nil, { $0.raised(share: 200) }),
        ("none, the camera looks up by 300", nil, { $0.raised(share: 300) }),
    ]

    init(of set: LabelledSet, rules: Ruleset) throws {
        self.set = set
        let honest = try Self.shares(set.frames.map { try FaultOutcome.measured($0, rules) }, rules)
        (drives, most) = (honest.count, honest.max() ?? 0)
        factor = honest.map(rules.measure.hood.permille).min() ?? 1000
        let rasters = try set.frames.prefix(Self.frames).map { try Raster(decoding: $0) }
        for fault in Self.faults {
            let images = try rasters.map {
                try FaultOutcome.measured(try fault.change($0).encoded(quality: 85), rules)
            }
            let shares = try Self.shares(images, rules)
            kinds.append(
                Detection(
                    // At the sides it is a twentieth lower, a third of that on the average.
                    name: fault.name, drawn: fault.share.map { $0 - 50 / 3 }, least: shares.min() ?? 0,
                    most: shares.max() ?? 0, factor: shares.map(rules.measure.hood.permille).min() ?? 1000))
        }
    }

    private static func shares(_ images: [ImageMeasurement], _ rules: Ruleset) throws -> [Int64] {
        try Stretches.imagery(of: images, rules: rules).compactMap(\.hoodShare)
    }
}
