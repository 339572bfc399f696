import Rewards
import Stages
import Store

/// One factor of a frame's quality: what was measured, and what the ruleset makes of it.
public struct QualityFactor: Sendable, Equatable {
    /// The factor's name.
    public let name: String
    /// What it is worth, permille.
    public let permille: Int64
    /// What is asked, in words.
    public let question: String
    /// What was measured; nil where it is unknown, and the ruleset says what that is worth.
    public let value: Int64?
    /// The unit of the value.
    public let unit: String
    /// Where it is worth nothing and where all.
    public let zero, full: Int64?

    /// The factors of `observed` in the order of their names.
    public static func of(_ observed: ObservedView, rules: MeasureRules) -> [QualityFactor] {
        observed.quality.factors.map { name, permille in
            let (question, value, unit, ramp) = measured(name, observed, rules)
            return QualityFactor(
                name: name, permille: permille, question: question, value: value, unit: unit,
                zero: ramp?.zero, full: ramp?.full)
        }
    }

    private static func measured(
        _ name: String, _ observed: ObservedView, _ rules: MeasureRules
    ) -> (question: String, value: Int64?, unit: String, ramp: Ramp?) {
        switch name {
        case "accuracy":
            ("how well the receiver knew where it was", observed.place.horizontalError, "mm", rules.accuracy)
        case "contrast":
            ("light and dark apart", observed.deviation, "thousandths of luma", rules.contrast)
        case "daylight":
            (
                "the sun's elevation at its time and place", observed.sunElevation, "1/100 degree",
                rules.daylight
            )
        case "dirt":
            (
                "areas of the drive's frames that stay the same while the car moves",
                observed.inDrive.stuckShare,
                "permille", rules.dirt
            )
        case "exposure":
            (
                "neither too dark nor too bright on the whole", observed.meanLuma, "thousandths of luma",
                observed.meanLuma < rules.exposureDark.full ? rules.exposureDark : rules.exposureBright
            )
        case "focus": ("the share of the finest detail", observed.focus, "permille", rules.focus)
        case "glare":
            (
                "the white area of a light and what it spills over to", observed.glareShare, "permille",
                rules.glare
            )
        case "heading":
            (
                "the direction of travel is known", observed.place.heading.map { Int64($0) }, "1/100 degree",
                nil
            )
        case "hood":
            (
                "the part of the drive's pictures that is the car itself", observed.inDrive.hoodShare,
                "permille", rules.hood
            )
        case "obstruction": ("areas that show nothing", observed.flatShare, "permille", rules.obstruction)
        case "relative_focus":
            (
                "its finest detail beside that of the drive's other frames", observed.inDrive.focus,
                "permille of their median", rules.relativeFocus
            )
        case "resolution":
            (
                "pixels", Int64(observed.width) * Int64(observed.height) / 1000, "thousands", rules.resolution
            )
        default: ("detail beside contrast", observed.sharpness, "permille", rules.sharpness)
        }
    }
}
