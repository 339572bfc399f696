import ArgumentParser
import Canonical
import Geo
import Tiles

/// `waggle tile ls`.
struct TileLsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List tiles with identifier, place, size and content hash.",
        discussion: """
            A line is: Z/X/Y, the PMTiles identifier, the byte of the file at which the content starts (for MBTiles a \
            dash), bytes as stored, and the SHA-256 of the uncompressed content. Tiles come by identifier. With \
            --no-hash no tile is read.

            EXAMPLES:
              waggle tile ls --zoom 14
              waggle tile ls --bbox 11.0,48.2,11.1,48.3 --archive other.pmtiles
              waggle tile ls --no-hash --archive other.mbtiles | wc -l
            """)

    @Option(help: "Tiles of this zoom alone.") var zoom: UInt8?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Tiles that touch this rectangle alone, in degrees. West may lie east of east: then it crosses the "
                + "antimeridian.", valueName: "west,south,east,north"))
    var bbox: WindowArgument?

    @Flag(name: .customLong("no-hash"), help: "Do not read tiles, and leave out their hashes.") var noHash =
        false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var options: OutputOptions

    func run() throws {
        let output = options.output
        let source = try archive.open()
        let dataStart = (source as? PMTilesReader)?.header.data.offset
        var reader = ContentReader(source)
        var (walked, listed): (UInt64, UInt64) = (0, 0)
        try source.forEachRun { (run) throws(TileError) in
            guard let run = zoom.map({ run.part(ofZoom: $0) }) ?? run else { return }
            walked = walked.addingReportingOverflow(run.count).partialValue
            guard walked <= Self.maxTiles else {
                throw TileError(
                    .overLimit, at: run.place ?? 0, "more than \(Self.maxTiles) tiles; ask for one --zoom")
            }
            // A content is hashed once, for the first of its tiles that is listed.
            var hash: ContentHash?
            for id in run.firstID..<run.firstID + run.count {
                guard let tile = TileID(id: id), bbox?.window.touches(tile) ?? true else { continue }
                if !noHash, hash == nil { hash = .of(try reader.content(run)) }
                let offset = dataStart.flatMap { start in run.place.map { start + $0 } }
                show(tile, id, run.length, offset: offset, hash)
                listed += 1
            }
        }
        output.summary(["tiles": .integer(listed)])
    }

    /// A run of few bytes may claim four billion tiles.
    private static let maxTiles: UInt64 = 50_000_000

    private func show(_ tile: TileID, _ id: UInt64, _ length: UInt64, offset: UInt64?, _ hash: ContentHash?) {
        let place = offset.map { String($0) } ?? "-"
        options.output.line("\(tile)  \(id)  \(place)  \(length)" + (hash.map { "  \($0.hex)" } ?? ""))
        options.output.record(
            "tile",
            [
                "tile": .string(tile.description), "id": .integer(id),
                "offset": offset.map { .integer($0) } ?? .null, "bytes": .integer(length),
                "sha256": hash.map { .string($0.hex) } ?? .null,
            ])
    }
}

/// A rectangle as somebody types it: west, south, east and north in degrees.
struct WindowArgument: ExpressibleByArgument {
    let window: TileWindow

    init?(argument: String) {
        let degrees = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        guard degrees.count == 4, let west = degrees[0], let south = degrees[1], let east = degrees[2],
            let north = degrees[3], let southWest = Coordinate(latitude: south, longitude: west),
            let northEast = Coordinate(latitude: north, longitude: east),
            let window = TileWindow(southWest: southWest, northEast: northEast)
        else { return nil }
        self.window = window
    }
}
