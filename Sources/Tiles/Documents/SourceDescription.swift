import Canonical
import Geo

extension ArchiveDescription {
    /// What `source` says about itself, as far as an archive made from it has a place for it. What it says about how
    /// it was made (programs, arguments, times) is left out.
    ///
    /// Bounds that make no sense are replaced by those of the deepest tiles, missing layers by those found in the
    /// tiles.
    ///
    /// - Throws: ``TileError``, also for metadata that cannot be read.
    public init(of source: any TileSource) throws(TileError) {
        var members: [String: JSONValue] = [:]
        if case .object(let object) = try source.metadata() { members = object }
        func text(_ key: String) -> String? {
            if case .string(let text)? = members[key] { text } else { nil }
        }
        var layers: [LayerDescription]?
        if source.tileType == .mvt {
            if case .array(let described)? = members["vector_layers"] {
                let zooms = try source.zooms() ?? 0...0
                layers = described.compactMap { LayerDescription($0, zooms: zooms) }
            } else {
                layers = try LayerSurvey(of: source).layers
            }
        }
        var metadata = ArchiveMetadata(
            name: text("name") ?? "tiles", description: text("description"), attribution: text("attribution"),
            layers: layers)
        metadata.version = text("version")
        if text("type") == "baselayer" { metadata.type = "baselayer" }
        let bounds: MapBounds
        if let claimed = source.claimedBounds { bounds = claimed } else { bounds = try .init(of: source) }
        self.init(tileType: source.tileType, bounds: bounds, metadata: metadata)
    }
}

extension MapBounds {
    /// The rectangle around the tiles of the deepest zoom of `source`; all of the map where it has no tiles.
    init(of source: any TileSource) throws(TileError) {
        var deepest: UInt8 = 0
        var corners: (west: UInt32, north: UInt32, east: UInt32, south: UInt32)?
        try source.forEachTileID { (tile) in
            // Tiles come by ascending zoom.
            if tile.zoom > deepest { (deepest, corners) = (tile.zoom, nil) }
            let (column, row) = (tile.column, tile.row)
            let known = corners ?? (column, row, column, row)
            corners = (
                min(known.west, column), min(known.north, row), max(known.east, column), max(known.south, row)
            )
        }
        guard let corners,
            let first = TileID(zoom: Int(deepest), column: Int(corners.west), row: Int(corners.north)),
            let last = TileID(zoom: Int(deepest), column: Int(corners.east), row: Int(corners.south)),
            let bounds = MapBounds(around: [first, last])
        else {
            self = .world
            return
        }
        self = bounds
    }
}

extension LayerDescription {
    /// The description that a member of `vector_layers` is; nil where it has no `id`. Zooms it does not state are
    /// those of `zooms`, types of fields that MBTiles does not know are strings.
    init?(_ json: JSONValue, zooms: ClosedRange<UInt8>) {
        guard case .object(let members) = json, case .string(let id)? = members["id"] else { return nil }
        func zoom(_ key: String) -> UInt8? {
            if case .integer(let value)? = members[key], (0...Int64(TileID.maxZoom)).contains(value) {
                UInt8(value)
            } else {
                nil
            }
        }
        var fields: [String: FieldType] = [:]
        if case .object(let named)? = members["fields"] {
            for (name, type) in named {
                if case .string(let word) = type {
                    fields[name] =
                        FieldType.allCases.first { $0.rawValue.lowercased() == word.lowercased() } ?? .string
                }
            }
        }
        var description = ""
        if case .string(let text)? = members["description"] { description = text }
        let minZoom = zoom("minzoom") ?? zooms.lowerBound
        self.init(
            id: id, description: description, fields: fields, minZoom: minZoom,
            maxZoom: max(minZoom, zoom("maxzoom") ?? zooms.upperBound))
    }
}
