/// Frames of a drive along a motorway: sky, distant hills, a plain road, and the car's own bonnet fill most of each,
/// so that consecutive ones look more alike than anywhere else. Made from a seed, in integers.
struct MotorwayScene {
    /// Decides hills, verges and clouds.
    let seed: UInt64
    /// Metres between consecutive frames.
    let spacing: Int

    static let width = 1024
    static let height = 512
    /// Row of the horizon, and focal length in pixels.
    private static let horizon = 220
    private static let focal = 820
    /// Height of the camera and half the width of the road, mm.
    private static let cameraHeight = 1300
    private static let roadEdge = 9500

    /// Frame `number` of the drive.
    func frame(_ number: Int) -> Raster {
        let travelled = number * spacing * 1000
        // A motorway turns slowly: the hills move by a pixel every few frames.
        let turn = Int(smooth(number, 40, 1)) - 128
        var samples: [UInt8] = []
        samples.reserveCapacity(Self.width * Self.height * 3)
        for y in 0..<Self.height {
            for x in 0..<Self.width {
                var light = shade(x, y, travelled, turn, number)
                light += Int(noise(x, y, 1000 + number)) % 7 - 3
                let value = UInt8(clamping: light)
                let blue = y < Self.horizon ? UInt8(clamping: light + 12) : value
                samples.append(contentsOf: [value, value, blue])
            }
        }
        return Raster(width: Self.width, height: Self.height, samples: samples)
    }

    private func shade(_ x: Int, _ y: Int, _ travelled: Int, _ turn: Int, _ number: Int) -> Int {
        if y >= bonnet(x) { return 38 + (x - 512) * (x - 512) / 9000 + (y - 440) / 4 }
        if let vehicle = vehicle(x, y, number) { return vehicle }
        let across = x - Self.width / 2
        if let verge = verge(across, y, travelled) { return verge }
        if y > Self.horizon { return ground(across, y, travelled) }
        let ridge = Self.horizon - 12 - Int(smooth(x + turn + 4096, 90, 2)) / 6
        if y > ridge { return 92 + Int(smooth(x + turn + 4096, 14, 3)) / 16 }
        // Clouds stand still, as far as a few hundred metres go.
        let cloud =
            (Int(smooth(x + turn + 4096, 160, 4 + UInt64(y / 48))) * (48 - y % 48)
                + Int(smooth(x + turn + 4096, 160, 5 + UInt64(y / 48))) * (y % 48)) / 48
        return 170 + y / 8 + cloud / 5
    }

    /// The first row of the bonnet in column `x`.
    private func bonnet(_ x: Int) -> Int { 448 + (x - 512) * (x - 512) / 6000 }

    /// The back of a lorry ahead, which keeps its distance but for a few metres.
    private func vehicle(_ x: Int, _ y: Int, _ number: Int) -> Int? {
        let distance = 55_000 + Int(smooth(number, 12, 6)) * 40
        let (half, tall) = (1250 * Self.focal / distance, 3800 * Self.focal / distance)
        let middle = Self.width / 2 + 3750 * Self.focal / distance
        let floor = Self.horizon + Self.cameraHeight * Self.focal / distance
        guard abs(x - middle) <= half, y <= floor, y > floor - tall else { return nil }
        return y > floor - tall / 8 ? 30 : 120
    }

    /// Trees and a guard rail on either side, beyond the road.
    private func verge(_ across: Int, _ y: Int, _ travelled: Int) -> Int? {
        guard across != 0 else { return nil }
        let side: UInt64 = across < 0 ? 20 : 30
        let railAway = 10_500 * Self.focal / abs(across)
        let below = (Self.cameraHeight - 750) * Self.focal
        if railAway < 200_000, y >= Self.horizon + below / railAway,
            y < Self.horizon + (Self.cameraHeight - 350) * Self.focal / railAway
        {
            return (railAway + travelled) % 4000 < 180 ? 70 : 150
        }
        let away = 18_000 * Self.focal / abs(across)
        guard away < 400_000 else { return nil }
        let along = (away + travelled) / 250
        let tall = 2500 + Int(smooth(along, 60, side)) * 14 + Int(smooth(along, 9, side + 1)) * 6
        let top = Self.horizon + (Self.cameraHeight - tall) * Self.focal / away
        guard y > top, y < Self.horizon + Self.cameraHeight * Self.focal / away else { return nil }
        let leaf = Int(noise(along, (y - Self.horizon) * away / Self.focal / 300, side + 2)) / 4
        return 44 + leaf + away / 6000
    }

    private func ground(_ across: Int, _ y: Int, _ travelled: Int) -> Int {
        let away = Self.cameraHeight * Self.focal / (y - Self.horizon)
        let place = across * away / Self.focal
        let along = travelled + away
        if abs(place) > Self.roadEdge {
            return 84 + Int(noise(place / 400 + 100_000, along / 600, 40)) / 8
        }
        // Three lanes of 3.75 m: lines of 6 m, 12 m apart, and solid ones at the edges.
        let isLine = (abs(abs(place) - 1875) < 75 && along % 18_000 < 6000) || abs(abs(place) - 5700) < 110
        if isLine { return 205 }
        return 112 + Int(noise(place / 300 + 100_000, along / 900, 41)) / 24
            + Int(smooth(along / 1000, 25, 42)) / 16
    }

    /// A number in 0...255 for a lattice point.
    private func noise(_ x: Int, _ y: Int, _ pattern: some BinaryInteger) -> UInt8 {
        var bits = UInt64(truncatingIfNeeded: x) &* 0x9E37_79B9_7F4A_7C15
        bits ^= UInt64(truncatingIfNeeded: y) &* 0xC2B2_AE3D_27D4_EB4F
        bits ^= (UInt64(truncatingIfNeeded: pattern) &+ seed) &* 0x1656_67B1_9E37_79F9
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return UInt8(truncatingIfNeeded: bits >> 40)
    }

    /// Numbers in 0...255 at multiples of `period`, joined by lines.
    private func smooth(_ x: Int, _ period: Int, _ pattern: UInt64) -> UInt8 {
        let (place, share) = (x / period, x % period)
        let left = Int(noise(place, 7, pattern)) * (period - share)
        return UInt8(clamping: (left + Int(noise(place + 1, 7, pattern)) * share) / period)
    }
}
