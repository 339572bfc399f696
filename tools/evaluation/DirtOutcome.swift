import Imaging
import Rewards
import Stages

/// How drives with something on the windscreen are told from clean ones: both are stretches of one set.
struct DirtOutcome {
    /// Drives with one size of spot.
    struct Detection {
        /// Radius in thousandths of the width.
        let radius: Int
        let auc: Int
        /// Drives whose share is beyond where the dirt factor is full, and all of them.
        let found, drives: Int
        let least, most: Int64
    }

    let set: LabelledSet
    /// Clean stretches, those beyond, and the largest share of any, permille.
    let clean, mistaken: Int
    let most: Int64
    let threshold: Int64
    private(set) var sizes: [Detection] = []

    var keepsPromises: Bool { mistaken == 0 }

    init(of set: LabelledSet, rules: Ruleset) throws {
        self.set = set
        threshold = rules.measure.dirt.full
        let limit = threshold
        let good = try Self.shares(set.frames.map { try FaultOutcome.measured($0, rules) }, rules)
        (clean, mistaken, most) = (good.count, good.count { $0 > limit }, good.max() ?? 0)
        let rasters = try set.frames.map { try Raster(decoding: $0) }
        for (number, radius) in [80, 120, 160].enumerated() {
            let images = try rasters.map { raster in
                let (x, y) = (300 + number * 170, 300 + number * 60)
                return try FaultOutcome.measured(
                    try raster.soiled(x: x, y: y, radius: radius).encoded(quality: 85), rules)
            }
            let bad = try Self.shares(images, rules)
            var twice = 0
            for one in bad { for other in good { twice += one > other ? 2 : one == other ? 1 : 0 } }
            sizes.append(
                Detection(
                    radius: radius, auc: twice * 1000 / max(1, 2 * bad.count * good.count),
                    found: bad.count { $0 > limit }, drives: bad.count, least: bad.min() ?? 0,
                    most: bad.max() ?? 0))
        }
    }

    private static func shares(_ images: [ImageMeasurement], _ rules: Ruleset) throws -> [Int64] {
        try Stretches.imagery(of: images, rules: rules).compactMap(\.stuckShare)
    }
}
