import Canonical

/// A TileJSON 3.0.0 document (https://github.com/mapbox/tilejson-spec/tree/master/3.0.0) for a vector tile
/// set.
public struct TileJSON: Sendable {
    /// Templates of tile addresses, with `{z}`, `{x}` and `{y}`; at least one.
    public var tiles: [String]
    /// The layers.
    public var layers: [LayerDescription]
    /// The part of the map the tiles cover.
    public var bounds: MapBounds
    /// Zooms there are tiles for, within 0...30.
    public var zooms: ClosedRange<UInt8>
    /// The name of the tile set.
    public var name: String
    /// What it shows; left out where nil.
    public var description: String?
    /// Whom a map must credit; left out where nil.
    public var attribution: String?

    /// A document.
    public init(
        tiles: [String], layers: [LayerDescription], bounds: MapBounds, zooms: ClosedRange<UInt8>,
        name: String,
        description: String? = nil, attribution: String? = nil
    ) {
        self.tiles = tiles
        self.layers = layers
        self.bounds = bounds
        self.zooms = zooms
        self.name = name
        self.description = description
        self.attribution = attribution
    }

    /// A document that says of tiles at `tiles` what `description` says of an archive of them.
    public init(_ description: ArchiveDescription, zooms: ClosedRange<UInt8>, tiles: [String]) {
        let metadata = description.metadata
        self.init(
            tiles: tiles, layers: metadata.layers ?? [], bounds: description.bounds, zooms: zooms,
            name: metadata.name, description: metadata.description, attribution: metadata.attribution)
    }

    /// The document as RFC 8785 writes it: keys sorted, no white space, degrees with up to seven decimals.
    public var bytes: [UInt8] { Array(text.utf8) }

    /// The same as ``bytes``.
    public var text: String {
        let center = bounds.center
        // Degrees are fractions, which CanonicalJSON has no case for: members are joined as texts.
        var members: [(key: String, value: String)] = [
            ("bounds", Self.degrees([bounds.westE7, bounds.southE7, bounds.eastE7, bounds.northE7])),
            (
                "center",
                "[\(DegreeText.number(center.longitudeE7)),\(DegreeText.number(center.latitudeE7)),"
                    + "\(bounds.centerZoom(in: zooms))]"
            ),
            ("maxzoom", String(zooms.upperBound)),
            ("minzoom", String(zooms.lowerBound)),
            ("name", CanonicalJSON.string(name).text),
            ("scheme", CanonicalJSON.string("xyz").text),
            ("tilejson", CanonicalJSON.string("3.0.0").text),
            ("tiles", CanonicalJSON.array(tiles.map { .string($0) }).text),
            ("vector_layers", CanonicalJSON.array(layers.map(\.json)).text),
        ]
        if let attribution { members.append(("attribution", CanonicalJSON.string(attribution).text)) }
        if let description { members.append(("description", CanonicalJSON.string(description).text)) }
        let sorted = members.sorted { $0.key < $1.key }
        return "{" + sorted.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    private static func degrees(_ values: [Int32]) -> String {
        "[" + values.map { DegreeText.number($0) }.joined(separator: ",") + "]"
    }
}
