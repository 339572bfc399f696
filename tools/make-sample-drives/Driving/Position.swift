import Canonical
import Glibc

/// A position as a receiver reports it, degrees.
struct Position: Sendable {
    var latitude: Double
    var longitude: Double

    init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The invented town's origin, in open land.
    private static let origin = Position(latitude: 48.2184, longitude: 11.0423)
    /// Metres per degree of latitude on the sphere of the Earth's mean radius.
    private static let metresPerDegree = 111_195.08

    /// The position of `place`, metres east and north of the town's origin.
    init(_ place: SIMD2<Double>) {
        let shrink = cos(Self.origin.latitude * .pi / 180)
        latitude = Self.rounded(Self.origin.latitude + place.y / Self.metresPerDegree)
        longitude = Self.rounded(Self.origin.longitude + place.x / (Self.metresPerDegree * shrink))
    }

    /// To a tenth of a millimetre.
    private static func rounded(_ degrees: Double) -> Double {
        (degrees * 1e9).rounded() / 1e9
    }
}

/// A satellite receiver: right to a few decimetres, with an error that wanders.
struct Receiver: Sendable {
    let seed: UInt64

    /// Where the receiver thinks it is at `moment`.
    func place(at moment: Moment) -> SIMD2<Double> {
        let seconds = Double(moment.time.milliseconds % 86_400_000) / 1000
        let phase = Double(seed % 628) / 100
        let wander = SIMD2(sin(seconds / 11 + phase), cos(seconds / 13 + phase * 2)) * 0.22
        var chance = SplitMix64(seed: seed, Int(moment.time.milliseconds))
        return moment.place + wander + SIMD2(chance.number(-0.06...0.06), chance.number(-0.06...0.06))
    }
}
