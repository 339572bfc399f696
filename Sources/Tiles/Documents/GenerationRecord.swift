import Canonical
import Geo

/// `generation.json`: what one published set of tiles holds, tile by tile.
///
/// Everything a reader can check is in ``content``, uncompressed hashes included, and ``id`` is its name. The
/// compressor stands beside it: the same map built with another libdeflate has other archive bytes and the same
/// identifier.
public struct GenerationRecord: Equatable, Sendable {
    /// The format this code writes and reads.
    public static let format = "waggle-generation/1"

    /// One tile of an archive.
    public struct Tile: Equatable, Sendable {
        /// The tile.
        public var tile: TileID
        /// SHA-256 of the uncompressed vector tile, or of a raster tile's style and bands
        /// (``RasterGrid/content``).
        public var contentHash: ContentHash
        /// Bytes that were hashed.
        public var bytes: UInt64

        /// A tile.
        public init(tile: TileID, contentHash: ContentHash, bytes: UInt64) {
            self.tile = tile
            self.contentHash = contentHash
            self.bytes = bytes
        }
    }

    /// One archive of the generation.
    public struct Archive: Equatable, Sendable {
        /// The file's name, as `coverage.pmtiles`.
        public var name: String
        /// Its tiles by ascending identifier.
        public var tiles: [Tile]

        /// An archive; its tiles are put in order.
        public init(name: String, tiles: [Tile]) {
            self.init(
                name: name,
                ordered: tiles.map { (id: $0.tile.id, tile: $0) }.sorted { $0.id < $1.id }.map(\.tile))
        }

        /// An archive whose tiles are by ascending identifier already.
        public init(name: String, ordered tiles: [Tile]) {
            self.name = name
            self.tiles = tiles
        }
    }

    /// One file of the geohash-tiled data set.
    public struct CellFile: Equatable, Sendable {
        /// The geohash of five characters that names it.
        public var name: String
        /// SHA-256 of its bytes.
        public var contentHash: ContentHash
        /// Its length.
        public var bytes: UInt64

        /// A file.
        public init(name: String, contentHash: ContentHash, bytes: UInt64) {
            self.name = name
            self.contentHash = contentHash
            self.bytes = bytes
        }
    }

    /// What the generation shows.
    public struct Content: Equatable, Sendable {
        /// Names of the vector layers, sorted.
        public var layers: [String]
        /// Zooms of the pyramid.
        public var zooms: ClosedRange<UInt8>
        /// Frames shown at each of ``zooms``, lowest zoom first. They are equal in every map that conserves.
        public var frames: [UInt64]
        /// Accepted frames beyond the edge of the map (85.0511 degrees), which no tile can show.
        public var framesBeyondEdge: UInt64
        /// The archives by name.
        public var archives: [Archive]
        /// The files of cells by name.
        public var cells: [CellFile]

        /// Content; layers, archives and files are put in order. Nil where `frames` does not have one count for
        /// every zoom.
        public init?(
            layers: [String], zooms: ClosedRange<UInt8>, frames: [UInt64], framesBeyondEdge: UInt64,
            archives: [Archive], cells: [CellFile] = []
        ) {
            guard frames.count == zooms.count else { return nil }
            self.layers = layers.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            self.zooms = zooms
            self.frames = frames
            self.framesBeyondEdge = framesBeyondEdge
            self.archives = archives.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
            self.cells = cells.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        }
    }

    /// What made the compressed bytes: a library, and the revision of our own way to make tiles. Nothing is copied from
    /// a generation that another one made.
    public struct Compressor: Equatable, Sendable {
        /// The library's name.
        public var name: String
        /// The library's version.
        public var version: String
        /// The compression level.
        public var level: Int64
        /// The revision of what the program puts into tiles and files of cells, and in which order.
        public var tileRevision: Int64

        /// A compressor.
        public init(name: String, version: String, level: Int64, tileRevision: Int64) {
            self.name = name
            self.version = version
            self.level = level
            self.tileRevision = tileRevision
        }

        /// What this program compresses with.
        public static var current: Compressor {
            Compressor(
                name: "libdeflate", version: Deflate.version, level: Int64(Deflate.level),
                tileRevision: currentTileRevision)
        }

        /// To be raised with every change that gives the same frames other bytes: then the next build makes the whole map
        /// anew and does not mix two revisions.
        public static let currentTileRevision: Int64 = 1
    }

    /// What the generation shows.
    public var content: Content
    /// What made the compressed bytes; not part of the identifier.
    public var compressor: Compressor
    /// Hashes of every archive as it is packed, by its name; not part of the identifier.
    public var packed: [String: PackedDigest]

    /// A record.
    public init(
        content: Content, compressor: Compressor = .current, packed: [String: PackedDigest] = [:]
    ) {
        self.content = content
        self.compressor = compressor
        self.packed = packed
    }

    /// The generation's name: the first 16 hexadecimal digits of the SHA-256 of the canonical text of
    /// `content`.
    public var id: String { Self.id(ofText: content.text) }

    /// The document, as RFC 8785 writes it.
    public var bytes: [UInt8] { document.bytes }

    /// The document with the generation's name: the text of a large map is long enough to be made once for both.
    public var document: (id: String, bytes: [UInt8]) {
        let content = self.content.text
        let id = Self.id(ofText: content)
        var text: [UInt8] = Array("{\"compressor\":".utf8)
        text += compressor.json.bytes
        text += Array(",\"content\":".utf8)
        text += content
        text += Array(
            ",\"format\":\"\(Self.format)\",\"id\":\"\(id)\",\"packed\":".utf8)
        text += CanonicalJSON.object(packed.mapValues(\.json)).bytes
        text.append(UInt8(ascii: "}"))
        return (id, text)
    }

    private static func id(ofText text: [UInt8]) -> String { String(ContentHash.of(text).hex.prefix(16)) }
}

extension GenerationRecord.Compressor {
    /// The compressor as a JSON object.
    public var json: CanonicalJSON {
        .object([
            "name": .string(name), "version": .string(version), "level": .integer(level),
            "tile_revision": .integer(tileRevision),
        ])
    }
}
