import Geo

/// What the layers of all contents read so far have in common.
struct LayersFound {
    /// Names of layers and attributes that are remembered: what is beyond is not compared with the metadata.
    private static let maxLayers = 1000
    private static let maxFields = 2000

    /// One layer.
    struct Layer {
        var zooms: ClosedRange<UInt8>
        var contents = 0
        var features = 0
        var overhangPermille = 0
        /// The types that values of each attribute have.
        var fields: [String: FieldTypes] = [:]

        init(zoom: UInt8) {
            zooms = zoom...zoom
        }
    }

    /// A set of ``LayerDescription/FieldType``.
    struct FieldTypes: OptionSet {
        let rawValue: UInt8
        static let number = FieldTypes(rawValue: 1)
        static let string = FieldTypes(rawValue: 2)
        static let boolean = FieldTypes(rawValue: 4)

        init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        init(_ value: VectorValue) {
            switch value {
            case .string: self = .string
            case .bool: self = .boolean
            case .float, .double, .int, .uint, .sint: self = .number
            }
        }
    }

    private(set) var layers: [String: Layer] = [:]

    /// Takes up a layer of one content, whose tile lies at `zoom`.
    mutating func add(_ read: LayerCheck.Result, zoom: UInt8) {
        guard layers[read.name] != nil || layers.count < Self.maxLayers else { return }
        var layer = layers.removeValue(forKey: read.name) ?? Layer(zoom: zoom)
        layer.zooms = min(layer.zooms.lowerBound, zoom)...max(layer.zooms.upperBound, zoom)
        layer.contents += 1
        layer.features += read.features
        layer.overhangPermille = max(layer.overhangPermille, read.overhangPermille)
        for (key, types) in read.fields {
            if let known = layer.fields[key] {
                if !known.isSuperset(of: types) { layer.fields[key] = known.union(types) }
            } else if layer.fields.count < Self.maxFields {
                layer.fields[key] = types
            }
        }
        layers[read.name] = layer
    }

    /// The layers for a report, by name.
    var report: [ArchiveReport.Layer] {
        layers.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }.map { name, layer in
            ArchiveReport.Layer(
                name: name, zooms: layer.zooms, contents: layer.contents, features: layer.features,
                overhangPermille: layer.overhangPermille)
        }
    }
}
