import Foundation
import Geo
import SeededNumbers
import Testing

@testable import Stages

struct PrivateZoneTests {
    private func at(_ latitude: Double, _ longitude: Double) throws -> Coordinate {
        try #require(Coordinate(latitude: latitude, longitude: longitude))
    }

    /// Metres of a degree of latitude on the sphere of 6,371,008.8 m; of one of longitude times the cosine.
    private static let degree = 6_371_008.8 * .pi / 180

    @Test(arguments: [0, 38, 60, 80, 89.9, -75] as [Double])
    func aCircleIsRoundOnTheGround(latitude: Double) throws {
        let zone = PrivateZone.circle(center: try at(latitude, 179.9999), radius: 150_000)
        for bearing in stride(from: 0.0, to: 360, by: 15) {
            for (metres, isInside) in [(149.0, true), (151.0, false)] {
                // The angular distance and the spherical law of sines; exact at any latitude.
                let angle = metres / 6_371_008.8
                let (phi, theta) = (latitude * .pi / 180, bearing * .pi / 180)
                let target = asin(sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(theta))
                let turn = atan2(
                    sin(theta) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(target))
                var longitude = 179.9999 + turn * 180 / .pi
                if longitude > 180 { longitude -= 360 }
                if longitude < -180 { longitude += 360 }
                #expect(
                    zone.contains(try at(target * 180 / .pi, longitude)) == isInside,
                    "\(latitude), bearing \(bearing), \(metres) m")
            }
        }
    }

    @Test func cornersAndEdgesBelongToAPolygon() throws {
        let corners = [try at(1, 1), try at(1, 3), try at(3, 3), try at(3, 1)]
        let zone = PrivateZone.polygon(corners)
        for corner in corners { #expect(zone.contains(corner)) }
        for inside in [(2, 2), (1, 2), (2, 3), (3, 1.5), (1.0000001, 1.0000001)] as [(Double, Double)] {
            #expect(zone.contains(try at(inside.0, inside.1)), "\(inside)")
        }
        for outside in [(0.9999999, 2), (2, 0.9999999), (2, 3.0000001), (3.0000001, 3), (-2, -2), (2, 180)]
            as [(Double, Double)]
        {
            #expect(!zone.contains(try at(outside.0, outside.1)), "\(outside)")
        }
    }

    /// Random outlines, wherever they lie about the 180th meridian, against the winding number of angles.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func polygonsHoldWhatTheirOutlineGoesAround(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let shift = Double.random(in: -180..<180, using: &random)
            let outline = (0..<Int.random(in: 3...9, using: &random)).map { _ in
                (Double.random(in: -5...5, using: &random), Double.random(in: -5...5, using: &random))
            }
            func shifted(_ longitude: Double) -> Double {
                var result = longitude + shift
                if result >= 180 { result -= 360 }
                if result < -180 { result += 360 }
                return result
            }
            let zone = PrivateZone.polygon(try outline.map { try at($0.0, shifted($0.1)) })
            for _ in 0..<40 {
                let point = (
                    Double.random(in: -6...6, using: &random), Double.random(in: -6...6, using: &random)
                )
                // How often an upward and a downward crossing of the ray to the east, in floating point.
                var crossings = 0
                var isNear = false
                for (a, b) in zip(outline, outline[1...] + outline[..<1]) {
                    if (a.0 > point.0) != (b.0 > point.0) {
                        let east = a.1 + (point.0 - a.0) / (b.0 - a.0) * (b.1 - a.1)
                        if abs(east - point.1) < 1e-5 { isNear = true }
                        if east > point.1 { crossings += 1 }
                    }
                    if abs(a.0 - point.0) < 1e-6 { isNear = true }
                }
                guard !isNear else { continue }
                #expect(
                    zone.contains(try at(point.0, shifted(point.1))) == (crossings % 2 == 1),
                    "seed \(seed), \(outline), \(point), shift \(shift)")
            }
        }
    }
}
