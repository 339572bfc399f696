import Canonical
import Geo
import Tiles

/// What an archive says of itself outside its metadata.
struct ArchiveHeader {
    /// Names and values for people.
    private(set) var rows: [(String, String)]
    /// The same for programs.
    private(set) var members: [String: CanonicalJSON]

    init(_ source: any TileSource) {
        let format = source is MBTilesReader ? "MBTiles" : "PMTiles"
        rows = [("format", format), ("file", "\(source.size) bytes"), ("tile type", "\(source.tileType)")]
        members = [
            "format": .string(format.lowercased()), "bytes": .integer(source.size),
            "tile_type": .string("\(source.tileType)"),
        ]
        if let reader = source as? PMTilesReader { add(reader.header) }
    }

    private mutating func add(_ header: PMTilesHeader) {
        let bounds = header.bounds
        let edges = [bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7]
        rows += [
            ("tile compression", "\(header.tileCompression)"),
            ("zooms", "\(header.minZoom) to \(header.maxZoom)"),
            ("bounds", edges.map(Coordinate.degrees).joined(separator: ",")),
            (
                "center",
                "\(Coordinate.degrees(header.centerLongitudeE7)),\(Coordinate.degrees(header.centerLatitudeE7)) "
                    + "at zoom \(header.centerZoom)"
            ),
            ("addressed tiles", String(header.addressedTiles)), ("entries", String(header.tileEntries)),
            ("contents", String(header.tileContents)), ("clustered", header.isClustered ? "yes" : "no"),
            ("root directory", "\(header.root.length) bytes"),
            ("leaf directories", "\(header.leaves.length) bytes"),
            ("tile data", "\(header.data.length) bytes from byte \(header.data.offset) on"),
        ]
        let more: [String: CanonicalJSON] = [
            "tile_compression": .string("\(header.tileCompression)"), "min_zoom": .integer(header.minZoom),
            "max_zoom": .integer(header.maxZoom), "addressed_tiles": .integer(header.addressedTiles),
            "entries": .integer(header.tileEntries), "contents": .integer(header.tileContents),
            "clustered": .bool(header.isClustered),
            "bounds_e7": .array(edges.map { .integer(Int64($0)) }),
            "center_e7": .array(
                [header.centerLongitudeE7, header.centerLatitudeE7].map { .integer(Int64($0)) }),
            "center_zoom": .integer(header.centerZoom),
            "root_bytes": .integer(header.root.length), "leaf_bytes": .integer(header.leaves.length),
            "data_bytes": .integer(header.data.length), "data_offset": .integer(header.data.offset),
        ]
        members.merge(more) { $1 }
    }
}
