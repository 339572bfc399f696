import Canonical
import Geo

extension GenerationRecord {
    /// How long a record may be: some 10 million tiles.
    private static let limits = JSONLimits(maxBytes: 1 << 30, maxDepth: 8, maxValues: 64_000_000)

    /// The record whose text is `bytes`. The text must be the one this code writes for it, and its `id` that
    /// of its content.
    ///
    /// - Throws: ``JSONError`` with the place of the fault.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        var document = try JSONObjectReader(try JSONReader.read(bytes, limits: Self.limits))
        let format = try document.string("format")
        guard format == Self.format else { throw JSONError(reason: "format \(format)", place: "$.format") }
        let id = try document.string("id")
        var compressor = try document.object("compressor")
        self.compressor = Compressor(
            name: try compressor.string("name"), version: try compressor.string("version"),
            level: try compressor.integer("level"), tileRevision: try compressor.integer("tile_revision"))
        try compressor.finish()
        content = try Content(try document.object("content"))
        var digests = try document.object("packed")
        packed = [:]
        for archive in content.archives {
            guard let digest = digests.optional(archive.name) else { continue }
            packed[archive.name] = try PackedDigest(digest, path: "$.packed.\(archive.name)")
        }
        try digests.finish()
        try document.finish()
        let written = self.document
        guard id == written.id else {
            throw JSONError(reason: "id \(id), the content's is \(written.id)", place: "$.id")
        }
        // Order, and one text for one record.
        guard written.bytes == bytes else {
            throw JSONError(reason: "not the canonical text of its record", place: "$")
        }
    }
}

extension GenerationRecord.Content {
    private static let counts: ClosedRange<Int64> = 0...Int64(SquareSummary.maxFrames)

    init(_ reader: JSONObjectReader) throws(JSONError) {
        var reader = reader
        let lowest = try reader.integer("minzoom", in: 0...Int64(TileID.maxZoom))
        let highest = try reader.integer("maxzoom", in: lowest...Int64(TileID.maxZoom))
        let zooms = UInt8(lowest)...UInt8(highest)
        var frames: [UInt64] = []
        for (zoom, value) in zip(zooms, try reader.array("frames")) {
            var count = try JSONObjectReader(value, path: "\(reader.path).frames[\(frames.count)]")
            _ = try count.integer("z", in: Int64(zoom)...Int64(zoom))
            frames.append(UInt64(try count.integer("n", in: Self.counts)))
            try count.finish()
        }
        var layers: [String] = []
        for (index, value) in try reader.array("layers").enumerated() {
            guard case .string(let layer) = value else {
                throw JSONError(reason: "\(value.kind) for a layer", place: "\(reader.path).layers[\(index)]")
            }
            layers.append(layer)
        }
        var archives: [GenerationRecord.Archive] = []
        for (index, value) in try reader.array("archives").enumerated() {
            archives.append(try Self.archive(value, path: "\(reader.path).archives[\(index)]"))
        }
        var cells: [GenerationRecord.CellFile] = []
        for (index, value) in try reader.array("cells").enumerated() {
            cells.append(try Self.cellFile(value, path: "\(reader.path).cells[\(index)]"))
        }
        let beyondEdge = UInt64(try reader.integer("frames_beyond_edge", in: Self.counts))
        try reader.finish()
        guard
            let content = Self(
                layers: layers, zooms: zooms, frames: frames, framesBeyondEdge: beyondEdge,
                archives: archives,
                cells: cells
            )
        else {
            throw JSONError(
                reason: "\(frames.count) counts for \(zooms.count) zooms", place: "\(reader.path).frames")
        }
        self = content
    }

    private static func archive(_ value: JSONValue, path: String) throws(JSONError)
        -> GenerationRecord.Archive
    {
        var reader = try JSONObjectReader(value, path: path)
        let name = try reader.string("name")
        var tiles: [GenerationRecord.Tile] = []
        var previous: UInt64?
        for (index, value) in try reader.array("tiles").enumerated() {
            let tile = try Self.tile(value, path: "\(path).tiles[\(index)]")
            let id = tile.tile.id
            if let previous, previous >= id {
                throw JSONError(reason: "tiles do not ascend", place: "\(path).tiles[\(index)]")
            }
            previous = id
            tiles.append(tile)
        }
        try reader.finish()
        return GenerationRecord.Archive(name: name, ordered: tiles)
    }

    private static func tile(_ value: JSONValue, path: String) throws(JSONError) -> GenerationRecord.Tile {
        var reader = try JSONObjectReader(value, path: path)
        let name = try reader.string("tile")
        guard let tile = TileID(text: name) else {
            throw JSONError(reason: "no tile: \(name)", place: "\(path).tile")
        }
        let hex = try reader.string("sha256")
        guard let hash = ContentHash(hex: hex) else {
            throw JSONError(reason: "no hash: \(hex)", place: "\(path).sha256")
        }
        let bytes = try reader.integer("bytes", in: counts)
        try reader.finish()
        return GenerationRecord.Tile(tile: tile, contentHash: hash, bytes: UInt64(bytes))
    }

    private static func cellFile(_ value: JSONValue, path: String) throws(JSONError)
        -> GenerationRecord.CellFile
    {
        var reader = try JSONObjectReader(value, path: path)
        let name = try reader.string("name")
        let hex = try reader.string("sha256")
        guard let block = Geohash(name), block.precision == CellDocument.namePrecision,
            block.description == name, let hash = ContentHash(hex: hex)
        else { throw JSONError(reason: "no geohash or no hash: \(name), \(hex)", place: path) }
        let bytes = try reader.integer("bytes", in: counts)
        try reader.finish()
        return GenerationRecord.CellFile(name: name, contentHash: hash, bytes: UInt64(bytes))
    }
}
