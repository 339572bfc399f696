import Geo

/// The 127 bytes at the start of a PMTiles v3 archive (section 3 of
/// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
public struct PMTilesHeader: Hashable, Sendable {
    /// A part of the file: offset and length in bytes.
    public struct Section: Hashable, Sendable {
        /// Offset in the file.
        public var offset: UInt64
        /// Length in bytes.
        public var length: UInt64

        /// A section.
        public init(offset: UInt64 = 0, length: UInt64 = 0) {
            self.offset = offset
            self.length = length
        }
    }

    /// How something is compressed.
    public enum Compression: UInt8, Sendable {
        /// Not known.
        case unknown = 0
        /// Not at all.
        case none = 1
        /// Gzip.
        case gzip = 2
        /// Brotli.
        case brotli = 3
        /// Zstandard.
        case zstd = 4
    }

    /// What a tile is.
    public enum TileType: UInt8, Sendable {
        /// Not known, or another type.
        case other = 0
        /// Mapbox Vector Tile.
        case mvt = 1
        /// PNG.
        case png = 2
        /// JPEG.
        case jpeg = 3
        /// WebP.
        case webp = 4
        /// AVIF.
        case avif = 5
        /// MapLibre Tile.
        case mlt = 6
    }

    /// Bytes of a header.
    public static let size = 127
    /// The root directory must end within the first bytes of the file, so that one request fetches it.
    public static let maxRootLength = 16_384 - size
    static let magic = Array("PMTiles".utf8)

    /// The root directory.
    public var root = Section()
    /// The metadata.
    public var metadata = Section()
    /// All leaf directories.
    public var leaves = Section()
    /// All tile contents.
    public var data = Section()
    /// Tiles, runs counted in full; 0 where unknown.
    public var addressedTiles: UInt64 = 0
    /// Entries with a run; 0 where unknown.
    public var tileEntries: UInt64 = 0
    /// Different contents; 0 where unknown.
    public var tileContents: UInt64 = 0
    /// Whether contents lie in the order of the entries.
    public var isClustered = false
    /// Compression of directories and metadata.
    public var internalCompression = Compression.unknown
    /// Compression of every tile.
    public var tileCompression = Compression.unknown
    /// The type of every tile.
    public var tileType = TileType.other
    /// Lowest zoom.
    public var minZoom: UInt8 = 0
    /// Highest zoom.
    public var maxZoom: UInt8 = 0
    /// Bounds in units of 10^-7 degree: west, south, east, north.
    public var bounds: (westE7: Int32, southE7: Int32, eastE7: Int32, northE7: Int32) {
        get { (edges[0], edges[1], edges[2], edges[3]) }
        set { edges = [newValue.westE7, newValue.southE7, newValue.eastE7, newValue.northE7] }
    }
    private var edges: SIMD4<Int32> = [0, 0, 0, 0]
    /// Zoom at which a viewer may start.
    public var centerZoom: UInt8 = 0
    /// Longitude at which a viewer may start, units of 10^-7 degree.
    public var centerLongitudeE7: Int32 = 0
    /// Latitude at which a viewer may start, units of 10^-7 degree.
    public var centerLatitudeE7: Int32 = 0

    /// A header of zeros.
    public init() {}

    /// The header's 127 bytes.
    public var bytes: [UInt8] {
        var result = Self.magic + [3]
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { result.append(contentsOf: $0) }
        }
        for section in [root, metadata, leaves, data] {
            append(section.offset)
            append(section.length)
        }
        append(addressedTiles)
        append(tileEntries)
        append(tileContents)
        append(isClustered ? UInt8(1) : 0)
        append(internalCompression.rawValue)
        append(tileCompression.rawValue)
        append(tileType.rawValue)
        append(minZoom)
        append(maxZoom)
        append(edges[0])
        append(edges[1])
        append(edges[2])
        append(edges[3])
        append(centerZoom)
        append(centerLongitudeE7)
        append(centerLatitudeE7)
        return result
    }
}
