import Canonical
import Geo

/// What the metadata of an archive says about its layers, and whether tiles agree.
struct MetadataCheck {
    /// A member of `vector_layers`.
    private struct Layer {
        var zooms: ClosedRange<UInt8>?
        /// Attributes with what is said of their type.
        var fields: [String: String]
    }

    private let ledger: FindingLedger
    /// Nil where the metadata does not say.
    private var layers: [String: Layer]?

    /// - Parameters:
    ///   - document: an object.
    ///   - needsLayers: whether `vector_layers` must be there.
    init(_ document: JSONValue, needsLayers: Bool, _ ledger: FindingLedger) {
        self.ledger = ledger
        guard case .object(let members) = document else { return }
        guard let value = members["vector_layers"] else {
            if needsLayers { ledger.add(.metadataLayers, "vector_layers is missing") }
            return
        }
        guard case .array(let elements) = value else {
            ledger.add(.metadataMember, "vector_layers is \(value.kind), not an array")
            return
        }
        var layers: [String: Layer] = [:]
        for (index, element) in elements.enumerated() {
            guard case .object(let members) = element, case .string(let id)? = members["id"] else {
                ledger.add(.metadataMember, "vector_layers[\(index)] is no object with an id")
                continue
            }
            var layer = Layer(zooms: Self.zooms(members), fields: [:])
            if case .object(let fields)? = members["fields"] {
                for (field, type) in fields {
                    if case .string(let text) = type { layer.fields[field] = text }
                }
            } else {
                ledger.add(.metadataMember, "vector_layers[\(index)] has no object fields")
            }
            if layers.updateValue(layer, forKey: id) != nil {
                ledger.add(.metadataMember, "vector_layers[\(index)] describes \(id) once more")
            }
        }
        self.layers = layers
    }

    private static func zooms(_ members: [String: JSONValue]) -> ClosedRange<UInt8>? {
        guard case .integer(let lowest)? = members["minzoom"],
            case .integer(let highest)? = members["maxzoom"],
            let lowest = UInt8(exactly: lowest), let highest = UInt8(exactly: highest), lowest <= highest
        else { return nil }
        return lowest...highest
    }

    /// Whether the metadata describes the layer `coverage` as Waggle writes it.
    var describesCoverage: Bool {
        let fields = CoverageLayer.description(minZoom: 0, maxZoom: 0).fields
        guard let layer = layers?[CoverageLayer.name] else { return false }
        return fields.allSatisfy { layer.fields[$0.key] == $0.value.rawValue }
    }

    /// Zooms at which it says the layer `coverage` is, nil where it does not.
    var coverageZooms: ClosedRange<UInt8>? { layers?[CoverageLayer.name]?.zooms }

    /// Holds the layers found in tiles against the description. A layer that is described may be missing: nothing
    /// may fall into it.
    func compare(_ found: LayersFound) {
        guard let layers else { return }
        for (name, layer) in found.layers.sorted(by: { $0.key < $1.key }) {
            guard let described = layers[name] else {
                ledger.add(.layerUndescribed, "vector_layers lacks \(name), which tiles have")
                continue
            }
            if let zooms = described.zooms, !zooms.contains(layer.zooms) {
                ledger.add(
                    .layerZooms,
                    "\(name) is found at zooms \(Self.text(layer.zooms)), described for \(Self.text(zooms))")
            }
            for (field, types) in layer.fields.sorted(by: { $0.key < $1.key }) {
                guard let type = described.fields[field] else {
                    ledger.add(.fieldUndescribed, "\(name) is not described to have \(field)")
                    continue
                }
                // Other words than these three are descriptions, which TileJSON allows.
                guard let declared = LayersFound.FieldTypes(declared: type), types != declared else {
                    continue
                }
                ledger.add(.fieldUndescribed, "\(name): \(field) is not always a \(type), as it is described")
            }
        }
    }

    private static func text(_ zooms: ClosedRange<UInt8>) -> String {
        "\(zooms.lowerBound) to \(zooms.upperBound)"
    }
}

extension LayersFound.FieldTypes {
    /// The one type that the metadata names; nil for another word.
    fileprivate init?(declared: String) {
        switch LayerDescription.FieldType(rawValue: declared) {
        case .number: self = .number
        case .string: self = .string
        case .boolean: self = .boolean
        case nil: return nil
        }
    }
}
