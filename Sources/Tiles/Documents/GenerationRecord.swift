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
            self.name = name
            self.tiles = tiles.map { (id: $0.tile.id, tile: $0) }.sorted { $0.id < $1.id }.map(\.tile)
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

        /// Content; layers and archives are put in order. Nil where `frames` does not have one count for
        /// every zoom.
        public init?(
            layers: [String], zooms: ClosedRange<UInt8>, frames: [UInt64], framesBeyondEdge: UInt64,
            archives: [Archive]
        ) {
            guard frames.count == zooms.count else { return nil }
            self.layers = layers.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
            self.zooms = zooms
            self.frames = frames
            self.framesBeyondEdge = framesBeyondEdge
            self.archives = archives.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        }
    }

    /// What made the compressed bytes.
    public struct Compressor: Equatable, Sendable {
        /// The library's name.
        public var name: String
        /// The library's version.
        public var version: String
        /// The compression level.
        public var level: Int64

        /// A compressor.
        public init(name: String, version: String, level: Int64) {
            self.name = name
            self.version = version
            self.level = level
        }

        /// What this program compresses with.
        public static var current: Compressor {
            Compressor(name: "libdeflate", version: Deflate.version, level: Int64(Deflate.level))
        }
    }

    /// What the generation shows.
    public var content: Content
    /// What made the compressed bytes; not part of the identifier.
    public var compressor: Compressor

    /// A record.
    public init(content: Content, compressor: Compressor = .current) {
        self.content = content
        self.compressor = compressor
    }

    /// The generation's name: the first 16 hexadecimal digits of the SHA-256 of the canonical text of
    /// `content`.
    public var id: String { String(content.json.contentHash.hex.prefix(16)) }

    /// The document.
    public var json: CanonicalJSON {
        .object([
            "format": .string(Self.format), "id": .string(id), "content": content.json,
            "compressor": .object([
                "name": .string(compressor.name), "version": .string(compressor.version),
                "level": .integer(compressor.level),
            ]),
        ])
    }
}

extension GenerationRecord.Content {
    /// The member `content`, whose hash names the generation.
    var json: CanonicalJSON {
        let frames = zip(zooms, self.frames).map { zoom, count in
            CanonicalJSON.object(["z": .integer(zoom), "n": .integer(count)])
        }
        let archives = self.archives.map { archive in
            CanonicalJSON.object([
                "name": .string(archive.name),
                "tiles": .array(
                    archive.tiles.map { tile in
                        .object([
                            "tile": .string(tile.tile.description), "sha256": .string(tile.contentHash.hex),
                            "bytes": .integer(tile.bytes),
                        ])
                    }),
            ])
        }
        return .object([
            "layers": .array(layers.map { .string($0) }), "minzoom": .integer(zooms.lowerBound),
            "maxzoom": .integer(zooms.upperBound), "frames": .array(frames),
            "frames_beyond_edge": .integer(framesBeyondEdge), "archives": .array(archives),
        ])
    }
}
