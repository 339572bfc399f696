import Canonical

/// The metadata document inside an archive (PMTiles v3, section 4): names, credits and layers, and nothing
/// about when, where or by what command the archive was made.
public struct ArchiveMetadata: Hashable, Sendable {
    /// The name of the tile set.
    public var name: String
    /// What it shows; left out where nil.
    public var description: String?
    /// Whom a map must credit, may contain HTML; left out where nil.
    public var attribution: String?
    /// The layers of vector tiles; nil for raster tiles.
    public var layers: [LayerDescription]?
    /// The version of the tile set; left out where nil.
    public var version: String?
    /// `overlay` for a map without a ground of its own, as ours is, or `baselayer`.
    public var type = "overlay"

    /// Metadata.
    public init(
        name: String, description: String? = nil, attribution: String? = nil,
        layers: [LayerDescription]? = nil
    ) {
        self.name = name
        self.description = description
        self.attribution = attribution
        self.layers = layers
    }

    /// The document.
    public var json: CanonicalJSON {
        var members: [String: CanonicalJSON] = ["name": .string(name), "type": .string(type)]
        members["description"] = description.map { .string($0) }
        members["attribution"] = attribution.map { .string($0) }
        members["version"] = version.map { .string($0) }
        members["vector_layers"] = layers.map { .array($0.map(\.json)) }
        return .object(members)
    }
}
