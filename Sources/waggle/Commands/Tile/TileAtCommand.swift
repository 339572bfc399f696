import ArgumentParser
import Canonical
import Geo
import Tiles

/// `waggle tile at`.
struct TileAtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at",
        abstract: "Name the tiles and the cell that hold a place.",
        discussion: """
            EXAMPLES:
              waggle tile at 37.7969,-122.3954
              waggle tile at 9q8znb12
            """)

    @Argument(help: "LATITUDE,LONGITUDE in degrees, or a geohash.") var place: String

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        guard let position = Place.position(place) else {
            throw ValidationError("'\(place)' is neither LATITUDE,LONGITUDE nor a geohash")
        }
        let output = options.output
        let reader = try archive.open()
        let cell = Geohash(of: position, precision: 8)
        output.line("position \(position), geohash \(cell?.description ?? "")")
        var found = 0
        for zoom in reader.header.minZoom...max(reader.header.minZoom, reader.header.maxZoom) {
            guard let tile = TileID(of: position, zoom: zoom) else { continue }
            let bytes = try reader.storedTile(at: tile)?.count
            if bytes != nil { found += 1 }
            output.line("  \(tile)  \(bytes.map { "\($0) bytes" } ?? "no tile")")
            output.record(
                "tile",
                ["tile": .string(tile.description), "bytes": bytes.map { .integer(Int64($0)) } ?? .null])
        }
        output.summary(["geohash": cell.map { .string($0.description) } ?? .null, "tiles": .integer(found)])
    }
}
