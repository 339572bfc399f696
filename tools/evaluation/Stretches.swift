import Rewards
import Stages

/// Stretches of one set, each taken for a drive of its own.
enum Stretches {
    /// Frames of a stretch, and how far the next one begins behind it.
    private static let (length, step) = (40, 6)

    /// What the frames of each stretch of `images` tell of each other.
    static func imagery(of images: [ImageMeasurement], rules: Ruleset) throws -> [DriveImagery] {
        try stride(from: 0, through: images.count - length, by: step).map { start in
            let drive = try MadePlaces.observations(
                of: Array(images[start..<start + length]), rules: rules.measure)
            return DriveImagery(drive, rules: rules.measure)
        }
    }
}
