import Imaging
import Stages

/// A way in which a frame is bad.
struct Fault: Sendable {
    /// What of a frame decides whether it is.
    struct Score: Sendable {
        /// Its name, and its threshold in the ruleset with what follows beyond it.
        let name, consequence: String
        /// Whether a low score is bad.
        let isLowBad: Bool
        /// The threshold; scores beyond it are bad.
        let threshold: @Sendable (MeasureRules) -> Int64
        /// The score of a frame of a drive whose median focus is `focus`.
        let value: @Sendable (_ image: ImageStatistics, _ focus: Int64) -> Int64
    }

    /// Its name and strength in the table.
    let name: String
    /// The least AUC that is promised, thousandths; nil where none is.
    let minAUC: Int?
    let score: Score
    /// What is done to the frame with this number.
    let change: @Sendable (Raster, _ number: Int) -> Raster

    private static let dark = Score(
        name: "mean luma", consequence: "refused", isLowBad: true, threshold: \.minMeanLuma
    ) { image, _ in Int64(image.meanLumaMilli) }
    private static let overexposed = Score(
        name: "white share", consequence: "refused", isLowBad: false, threshold: \.maxBrightShare
    ) { image, _ in Int64(image.brightPermille) }
    private static let covered = Score(
        name: "flat share", consequence: "refused", isLowBad: false, threshold: \.maxFlatShare
    ) { image, _ in Int64(image.flatCellsPermille) }
    private static let blurred = Score(
        name: "sharpness", consequence: "refused", isLowBad: true, threshold: \.minSharpness
    ) { image, _ in Int64(image.sharpnessPermille) }
    private static let unfocused = Score(
        name: "focus of the drive's median", consequence: "worth less", isLowBad: true,
        threshold: \.relativeFocus.full
    ) { image, median in Int64(image.focusPermille) * 1000 / max(1, median) }
    private static let dazzled = Score(
        name: "glare", consequence: "worth less", isLowBad: false, threshold: \.glare.full
    ) { image, _ in Int64(image.glarePermille) }
    private static let veiled = Score(
        name: "deviation", consequence: "worth less", isLowBad: true, threshold: \.contrast.full
    ) { image, _ in Int64(image.standardDeviationMilli) }

    /// All faults, in the order of the table.
    static let all: [Fault] =
        [350, 200, 100].map { permille in
            Fault(name: "dark, x \(decimal(permille))", minAUC: 990, score: dark) { picture, _ in
                picture.brightened(permille: permille)
            }
        }
        + [2500, 3500, 5000].map { permille in
            Fault(name: "overexposed, x \(decimal(permille))", minAUC: 990, score: overexposed) {
                picture, _ in
                picture.brightened(permille: permille)
            }
        }
        + [600, 800, 950].map { permille in
            Fault(name: "covered, \(permille / 10) %", minAUC: 990, score: covered) { picture, _ in
                picture.covered(permille: permille)
            }
        }
        + [6, 10, 16].map { radius in
            Fault(name: "strong blur, radius \(radius)", minAUC: 990, score: blurred) { picture, _ in
                picture.blurred(radius: radius)
            }
        }
        + [1, 2, 3].map { radius in
            Fault(name: "light blur, radius \(radius)", minAUC: 950, score: unfocused) { picture, _ in
                picture.blurred(radius: radius)
            }
        }
        + [60, 120, 180].map { radius in
            Fault(name: "glare, \(radius / 10) % of the width", minAUC: nil, score: dazzled) {
                picture, number in
                picture.dazzled(x: 200 + number * 97 % 600, y: 100 + number * 53 % 300, radius: radius)
            }
        }
        + [500, 250].map { permille in
            Fault(name: "veiled, contrast x \(decimal(permille))", minAUC: nil, score: veiled) { picture, _ in
                picture.veiled(permille: permille)
            }
        }

    private static func decimal(_ permille: Int) -> String {
        "\(permille / 1000).\(String(1000 + permille % 1000).dropFirst().prefix(2))"
    }
}
