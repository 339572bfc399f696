/// Field numbers of the messages in `vector_tile.proto` (vector-tile-spec 2.1).
enum VectorField {
    enum Tile {
        static let layers: UInt64 = 3
    }

    enum Layer {
        static let name: UInt64 = 1
        static let features: UInt64 = 2
        static let keys: UInt64 = 3
        static let values: UInt64 = 4
        static let extent: UInt64 = 5
        static let version: UInt64 = 15
    }

    enum Feature {
        static let id: UInt64 = 1
        static let tags: UInt64 = 2
        static let type: UInt64 = 3
        static let geometry: UInt64 = 4
    }

    enum Value {
        static let string: UInt64 = 1
        static let float: UInt64 = 2
        static let double: UInt64 = 3
        static let int: UInt64 = 4
        static let uint: UInt64 = 5
        static let sint: UInt64 = 6
        static let bool: UInt64 = 7
    }
}

/// The geometry types of `vector_tile.proto`.
public enum VectorGeometryType: UInt64, Sendable {
    /// A geometry readers may interpret as they like.
    case unknown = 0
    /// Points.
    case point = 1
    /// Lines.
    case line = 2
    /// Polygons.
    case polygon = 3
}

/// The commands of a geometry (section 4.3.1).
enum VectorCommand {
    static let moveTo: UInt32 = 1
    static let lineTo: UInt32 = 2
    static let closePath: UInt32 = 7

    static func integer(_ command: UInt32, count: UInt32) -> UInt32 { count << 3 | command }
}
