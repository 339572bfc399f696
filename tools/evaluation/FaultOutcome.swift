import Imaging
import Rewards
import Stages

/// How bad frames are told from the honest ones of a set.
struct FaultOutcome {
    /// What became of the frames with one fault.
    struct Detection {
        let fault: Fault
        /// The share of pairs of a bad and an honest frame of which the bad one scores worse, thousandths, rounded down.
        let auc: Int
        /// The threshold of the ruleset, bad frames beyond it, and honest ones.
        let threshold: Int64
        let found, mistaken: Int
        /// Bad frames that score worse than every honest one.
        let certain: Int
        let count, honest: Int

        var keepsPromise: Bool { fault.minAUC.map { auc >= $0 } ?? true }
    }

    let set: LabelledSet
    private(set) var faults: [Detection] = []
    /// Honest frames, those refused, and the least quality of the others without what the trace tells.
    let honest: Int
    let refused: Int

    var keepsPromises: Bool {
        refused == 0 && (set.exemption != nil || faults.allSatisfy(\.keepsPromise))
    }

    /// Every how many frames of a set are made bad: neighbours tell little more.
    private static let step = 2

    init(of set: LabelledSet, rules: Ruleset) throws {
        self.set = set
        let images = try set.frames.map { try Self.measured($0, rules) }
        honest = images.count
        let drive = try MadePlaces.observations(of: images, rules: rules.measure)
        refused = images.count - drive.count
        let median = DriveImagery(drive, rules: rules.measure).medianFocus ?? 0
        let rasters = try stride(from: 0, to: set.frames.count, by: Self.step).map {
            try Raster(decoding: set.frames[$0])
        }
        for fault in Fault.all {
            let bad = try rasters.enumerated().map { number, raster in
                let copy = try fault.change(raster, number).encoded(quality: 85)
                return fault.score.value(try Self.measured(copy, rules).statistics, median)
            }
            let good = images.map { fault.score.value($0.statistics, median) }
            faults.append(Self.detection(fault, bad, good, rules.measure))
        }
    }

    static func measured(_ bytes: [UInt8], _ rules: Ruleset) throws -> ImageMeasurement {
        var measure = rules.measure
        // Whether a copy is large enough to be accepted is not the question.
        measure.minShorterSide = 1
        return try Measure.image(bytes, rules: measure, duplicates: rules.deduplicate)
    }

    private static func detection(
        _ fault: Fault, _ bad: [Int64], _ good: [Int64], _ rules: MeasureRules
    ) -> Detection {
        // Turned so that high scores are bad.
        let sign: Int64 = fault.score.isLowBad ? -1 : 1
        let (bad, good) = (bad.map { $0 * sign }, good.map { $0 * sign })
        let threshold = fault.score.threshold(rules)
        var twice = 0
        for one in bad { for other in good { twice += one > other ? 2 : one == other ? 1 : 0 } }
        let worst = good.max() ?? .min
        return Detection(
            fault: fault, auc: twice * 1000 / max(1, 2 * bad.count * good.count), threshold: threshold,
            found: bad.count { $0 > threshold * sign }, mistaken: good.count { $0 > threshold * sign },
            certain: bad.count { $0 > worst }, count: bad.count, honest: good.count)
    }
}
