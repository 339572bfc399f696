/// A Mapbox Vector Tile (version 2.1 of https://github.com/mapbox/vector-tile-spec), as encoder and decoder
/// share it.
public struct VectorTile: Hashable, Sendable {
    /// Layers in the order of the file; no two have the same name.
    public var layers: [VectorLayer]

    /// A tile of `layers`.
    public init(layers: [VectorLayer] = []) {
        self.layers = layers
    }
}

/// One named layer of a vector tile.
public struct VectorLayer: Hashable, Sendable {
    /// The name, unique in the tile.
    public var name: String
    /// 1 or 2; we write 2.
    public var version: UInt32
    /// Units along one side of the tile, at least 1.
    public var extent: UInt32
    /// Features in the order of the file.
    public var features: [VectorFeature]

    /// A layer.
    public init(name: String, version: UInt32 = 2, extent: UInt32 = 4096, features: [VectorFeature] = []) {
        self.name = name
        self.version = version
        self.extent = extent
        self.features = features
    }
}

/// One feature: a geometry with named values.
public struct VectorFeature: Hashable, Sendable {
    /// An identifier, unique in the layer where present.
    public var id: UInt64?
    /// Keys and values in the order of the file; no key occurs twice.
    public var attributes: [VectorAttribute]
    /// The geometry in tile units, x eastwards and y southwards from the north-west corner.
    public var geometry: VectorGeometry

    /// A feature.
    public init(id: UInt64? = nil, attributes: [VectorAttribute] = [], geometry: VectorGeometry) {
        self.id = id
        self.attributes = attributes
        self.geometry = geometry
    }

    /// The value of `key`, nil where the feature has none.
    public subscript(key: String) -> VectorValue? { attributes.first { $0.key == key }?.value }
}

/// A named value of a feature.
public struct VectorAttribute: Hashable, Sendable {
    /// The name.
    public var key: String
    /// The value.
    public var value: VectorValue

    /// An attribute.
    public init(_ key: String, _ value: VectorValue) {
        self.key = key
        self.value = value
    }
}

/// A value in one of the seven types the format has (section 4.4).
public enum VectorValue: Hashable, Sendable {
    /// UTF-8 text.
    case string(String)
    /// 32-bit floating point, as its bit pattern: tiles are compared bit by bit.
    case float(bits: UInt32)
    /// 64-bit floating point, as its bit pattern.
    case double(bits: UInt64)
    /// A signed integer, best for non-negative ones.
    case int(Int64)
    /// An unsigned integer.
    case uint(UInt64)
    /// A signed integer, best for negative ones.
    case sint(Int64)
    /// True or false.
    case bool(Bool)
}

/// A position in tile units.
public struct VectorPoint: Hashable, Sendable {
    /// Units east of the tile's west edge; may lie outside the tile.
    public var x: Int32
    /// Units south of the tile's north edge; may lie outside the tile.
    public var y: Int32

    /// A position.
    public init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }
}

/// A geometry (section 4.3.4).
public enum VectorGeometry: Hashable, Sendable {
    /// One or more points.
    case points([VectorPoint])
    /// One or more lines of at least two points.
    case lines([[VectorPoint]])
    /// One or more polygons: an exterior ring, clockwise on the screen, then its holes, counter-clockwise. A
    /// ring has at least three points; its last one is not the first again.
    case polygons([[[VectorPoint]]])
    /// Commands of a geometry of unknown type, as they stand in the file.
    case unknown([UInt32])
}
