import Canonical
import DriveFormats
import Geo
import SeededNumbers

/// Where a made city lies. Ten of them lie 230 km apart and more, between 45 and 48 degrees north.
struct Metro {
    /// The middle of the city, 10^-7 degree.
    let latitudeE7, longitudeE7: Int
    private let cosinePermille: Int

    /// City `number`, 0...9.
    init(number: Int) {
        latitudeE7 = 450_500_000 + (5 + 7 * number) % 10 * 3_000_000
        longitudeE7 = 64_500_000 + 30_000_000 * number
        cosinePermille = Int(Geodesy.cosinePermille(latitudeE7: Int32(latitudeE7)))
    }

    /// Millimetres of a degree on a meridian of the sphere that ``Geodesy`` measures on.
    private static let degree = 111_195_080

    /// The place of a point of the city, 10^-7 degree.
    func place(_ point: CityPoint) -> (latitudeE7: Int, longitudeE7: Int) {
        let half = (StreetLattice.side - 1) * StreetLattice.spacing / 2
        return (
            latitudeE7 + (point.north - half) * 10_000_000 / Self.degree,
            longitudeE7 + (point.east - half) * 10_000_000 / (Self.degree * cosinePermille / 1000)
        )
    }
}

/// A made drive: a frame every 8 m and every second, with the noise of a receiver.
struct MadeDrive {
    /// Its frames with positions, times and errors.
    let raw: RawDrive
    /// When its last frame was captured.
    let end: UTCTime
    /// Numbers for all else that is to be made of it.
    var random: SplitMix64

    /// The first millisecond of the year all drives are of: 2025-06-01T00:00:00Z.
    private static let year: Int64 = 1_748_736_000_000

    /// Drive `number` of city `metro`, with `frames` frames.
    init(seed: UInt64, metro: Int, number: Int, frames: Int) {
        // The seed of every drive is a random number of its own.
        var seeds = SplitMix64(seed: seed ^ UInt64(metro + 1) << 56 ^ UInt64(number) << 24)
        let place = Metro(number: metro)
        var walk = StreetWalk(
            StreetLattice(seed: seed &+ UInt64(metro)), random: seeds.next())
        var random = SplitMix64(seed: seeds.next())
        var east = ReceiverNoise()
        var north = ReceiverNoise()
        // How well this receiver sees the sky: its error is 5 to 20 m, that of a frame up to 9.5 m more. The standard
        // ruleset makes a quality of 1000 to 300 of it.
        let error = 5000 + random.below(15_001)
        let start = Self.year + Int64(random.below(365 * 86_400 - frames)) * 1000
        let fixes = (0..<frames).map { second in
            var point = walk.advance(8000)
            point.east += east.next(&random)
            point.north += north.next(&random)
            let (latitude, longitude) = place.place(point)
            return RawFix(
                time: UTCTime(milliseconds: start + Int64(second) * 1000),
                latitude: Double(latitude) / 1e7, longitude: Double(longitude) / 1e7,
                horizontalError: Double(error + random.below(9501)) / 1000)
        }
        raw = RawDrive(
            device: nil,
            frames: fixes.enumerated().map { number, fix in
                RawFrame(source: ByteSource(path: "\(number).jpg"), fix: fix)
            })
        end = UTCTime(milliseconds: start + Int64(max(0, frames - 1)) * 1000)
        self.random = random
    }
}

/// The error of a receiver in one direction, millimetres: it changes slowly (an autoregression of the first order), with
/// a deviation of 2.5 m.
private struct ReceiverNoise {
    private var value = 0

    mutating func next(_ random: inout SplitMix64) -> Int {
        // The sum of four even numbers stands for a normally distributed one.
        let change = (0..<4).reduce(-2700) { sum, _ in sum + random.below(1351) }
        value = value * 95 / 100 + change
        return value
    }
}
