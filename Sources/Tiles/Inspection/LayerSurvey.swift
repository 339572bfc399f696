import Geo

/// The layers of vector tiles with their attributes, as found in the tiles themselves.
public struct LayerSurvey: Sendable {
    /// The layers by name, in the order of their UTF-8.
    public let layers: [LayerDescription]

    /// Reads all tiles of `source`.
    ///
    /// - Throws: ``TileError`` for a tile that cannot be read, or more layers than can be.
    public init(of source: any TileSource) throws(TileError) {
        var found: [String: LayerDescription] = [:]
        var reader = ContentReader(source)
        try source.forEachRun { (run) throws(TileError) in
            let bytes = try reader.content(run)
            do throws(TileError) {
                let zooms = run.tilesPerZoom.map(\.zoom)
                guard let low = zooms.first, let high = zooms.last else { return }
                for layer in try MVTDecoder.decodeWithFaults(bytes).tile.layers {
                    guard found.count < 1000 || found[layer.name] != nil else {
                        throw TileError(.overLimit, at: 0, "more than 1000 layers")
                    }
                    var description =
                        found[layer.name]
                        ?? LayerDescription(
                            id: layer.name, description: "", fields: [:], minZoom: low, maxZoom: high)
                    description.maxZoom = max(description.maxZoom, high)
                    description.add(layer)
                    found[layer.name] = description
                }
            } catch {
                throw error.about(run.name)
            }
        }
        layers = found.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }
}

extension LayerDescription {
    /// Adds the attributes of the features of `layer`. One that has values of different types is a string, as MBTiles
    /// asks.
    fileprivate mutating func add(_ layer: VectorLayer) {
        for attribute in layer.features.lazy.flatMap(\.attributes) {
            let type: FieldType =
                switch attribute.value {
                case .string: .string
                case .bool: .boolean
                case .float, .double, .int, .uint, .sint: .number
                }
            if let known = fields[attribute.key] {
                if known != type { fields[attribute.key] = .string }
            } else if fields.count < 1000 {
                fields[attribute.key] = type
            }
        }
    }
}
