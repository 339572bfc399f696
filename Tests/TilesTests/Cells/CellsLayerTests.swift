import Foundation
import Geo
import Testing

@testable import Tiles

@Suite struct CellsLayerTests {
    /// Where a latitude lies in a tile, by the formula of the projection in floating point.
    private func y(_ degrees: Double, _ tile: TileID) -> Double {
        let sine = sin(degrees * .pi / 180)
        let whole = 0.5 - log((1 + sine) / (1 - sine)) / (4 * .pi)
        return (whole * Double(1 << Int(tile.zoom)) - Double(tile.row)) * 4096
    }

    /// Every polygon is its cell cut at the tile's border, to less than a unit and a half.
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func polygonsAreTheCells(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let latitude = [481_910_000, -11_000, 849_902_343][Int(seed % 3)]
        let made = MadeLeaf(
            &random, latitudeE7: latitude, longitudeE7: 110_302_734, spread: 30_000, drives: 4, count: 300)
        for zoom in CellsLayer.zooms {
            let grid = try #require(CellsLayer.grids(zoom: zoom, precision: 8)).fine
            for tile in Set(made.frames.compactMap { TileID(of: $0.position, zoom: zoom) }) {
                let window = CellWindow(grid, touching: tile)
                let tallies = CellTally.tallies(
                    of: made.leaves.filter { window.leaves.contains($0.tile) }, in: window)
                let bytes = MVTEncoder.encode([CellsLayer.encoder(for: tallies, in: tile, grid: grid)])
                let layer = try #require(try MVTDecoder.decode(bytes).layers.first)
                #expect(layer.name == "cells")
                for feature in layer.features {
                    guard case .string(let text)? = feature["cell"], let cell = Geohash(text),
                        case .polygons(let polygons) = feature.geometry, let ring = polygons.first?.first
                    else {
                        Issue.record("seed \(seed): a feature without cell or polygon")
                        continue
                    }
                    #expect(cell.precision == grid.precision)
                    let bounds = cell.boundsE7
                    let north = max(0, y(Double(bounds.north) / 1e7, tile))
                    let south = min(4096, y(Double(bounds.south) / 1e7, tile))
                    let rows = ring.map { Double($0.y) }
                    #expect(abs((rows.min() ?? -1) - north) < 1.5, "seed \(seed), \(tile), \(cell)")
                    #expect(abs((rows.max() ?? -1) - south) < 1.5, "seed \(seed), \(tile), \(cell)")
                    let side = Double(1 << Int(tile.zoom))
                    let west = (Double(bounds.west) / 3.6e9 + 0.5) * side - Double(tile.column)
                    let columns = ring.map { Double($0.x) }
                    #expect(abs((columns.min() ?? -1) - west * 4096) < 1.5, "seed \(seed), \(tile), \(cell)")
                    #expect(
                        columns.allSatisfy { (0...4096).contains($0) }
                            && rows.allSatisfy { (0...4096).contains($0) })
                }
            }
        }
    }

    @Test func cellsOfEveryRuleset() {
        for precision in 6...10 {
            let (deep, above) = (
                CellsLayer.grids(zoom: 14, precision: precision),
                CellsLayer.grids(zoom: 13, precision: precision)
            )
            #expect(deep?.fine.precision == min(precision, 8))
            #expect(above?.fine.precision == min(precision, 8) - 1)
            // A tile is never narrower than the cells it shows.
            #expect(deep?.coarse.precision == max(6, min(precision, 8) - 1))
            #expect(above?.coarse.precision == max(5, min(precision, 8) - 2))
            #expect(CellsLayer.grids(zoom: 12, precision: precision)?.fine.precision == nil)
        }
    }
}
