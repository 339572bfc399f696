import Canonical
import Geo
import Rewards
import Stages

/// Frames put on a made way, where their set does not say where they were taken.
enum MadePlaces {
    /// Noon of 2025-12-15 in San Francisco, where the sun is up.
    private static let start: Int64 = 1_765_828_800_000
    /// 8 m of latitude, in 10^-7 degree.
    static let step = 719

    /// What is observed of `images`, taken `step` apart to the north, one a second; those that are refused are left out.
    static func observations(
        of images: [ImageMeasurement], step: Int = step, rules: MeasureRules
    ) throws -> [Observation] {
        try images.enumerated().compactMap { number, image in
            guard
                let position = Coordinate(
                    latitudeE7: 378_000_000 + number * step, longitudeE7: -1_224_000_000)
            else { throw EvaluationError("a made way leaves the Earth") }
            let place = Place(
                time: UTCTime(milliseconds: start + Int64(number) * 1000), position: position, heading: 0,
                horizontalError: nil, basis: .own)
            return try? Measure.observation(of: image, at: place, rules: rules)
        }
    }
}
