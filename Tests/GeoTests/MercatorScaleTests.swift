import Foundation
import SeededNumbers
import Testing

@testable import Geo

@Suite("Mercator scale")
struct MercatorScaleTests {
    /// Python's mpmath with 60 digits: 2^32 / (2 pi 6371.0088) * cosh((k + 1/2) 2 pi / 2^14), rounded down, in the
    /// middle of band k from the equator.
    @Test(
        "has the values of the exact formula",
        arguments: [
            (0, 107_293), (1, 107_293), (100, 107_372), (1000, 115_288), (4096, 269_264), (6000, 541_075),
            (8191, 1_243_499),
        ] as [(UInt32, Int64)])
    func values(band: UInt32, units: Int64) {
        for row in [band << 18, (band + 1) << 18 - 1] as [UInt32] {
            #expect(Mercator.unitsPerKilometre(row: 1 << 31 + row) == units)
            #expect(Mercator.unitsPerKilometre(row: 1 << 31 - 1 - row) == units)
        }
    }

    @Test("agrees with the cosine of the latitude", arguments: [1, 2, 3] as [UInt64])
    func cosines(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let latitude = Int.random(in: -850_511_287...850_511_287, using: &numbers)
            let position = try #require(Coordinate(latitudeE7: latitude, longitudeE7: 0))
            let units = Mercator.unitsPerKilometre(row: try #require(Mercator.row(of: position)))
            let exact = 107_293.0986 / cos(Double(latitude) * .pi / 1.8e9)
            #expect(abs(Double(units) / exact - 1) < 0.000_21, "seed \(seed), latitude \(latitude)")
        }
    }
}
