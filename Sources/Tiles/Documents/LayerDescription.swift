import Canonical

/// What `vector_layers` says about one layer (TileJSON 3.0.0, section 3.3; PMTiles v3 and MBTiles 1.3 use the
/// same).
public struct LayerDescription: Hashable, Sendable {
    /// The type of an attribute, as MBTiles 1.3 names it.
    public enum FieldType: String, CaseIterable, Sendable {
        /// A number.
        case number = "Number"
        /// A string.
        case string = "String"
        /// True or false.
        case boolean = "Boolean"
    }

    /// The layer's name in the tiles.
    public var id: String
    /// What the layer shows, in words.
    public var description: String
    /// Attributes with their types.
    public var fields: [String: FieldType]
    /// The lowest zoom that has the layer.
    public var minZoom: UInt8
    /// The highest zoom that has the layer.
    public var maxZoom: UInt8

    /// A description.
    public init(id: String, description: String, fields: [String: FieldType], minZoom: UInt8, maxZoom: UInt8)
    {
        self.id = id
        self.description = description
        self.fields = fields
        self.minZoom = minZoom
        self.maxZoom = maxZoom
    }

    /// The description as a member of `vector_layers`.
    public var json: CanonicalJSON {
        .object([
            "id": .string(id), "description": .string(description), "minzoom": .integer(minZoom),
            "maxzoom": .integer(maxZoom), "fields": .object(fields.mapValues { .string($0.rawValue) }),
        ])
    }
}
