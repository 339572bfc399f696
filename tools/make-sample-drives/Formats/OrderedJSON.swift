/// JSON as devices write it: keys in the device's order, and decimal fractions.
indirect enum OrderedJSON {
    case integer(Int64)
    /// A number with at most so many decimals.
    case decimal(Double, places: Int)
    /// A number with all the decimals it takes to tell it from its neighbours.
    case exact(Double)
    case string(String)
    case array([OrderedJSON])
    case object(KeyValuePairs<String, OrderedJSON>)

    /// The text; strings here need no escapes.
    var text: String {
        switch self {
        case .integer(let value): "\(value)"
        case .decimal(let value, let places): "\(Self.rounded(value, places))"
        case .exact(let value): "\(value)"
        case .string(let value): "\"\(value)\""
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\"\($0.key)\":\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }

    var bytes: [UInt8] { Array(text.utf8) }

    private static func rounded(_ value: Double, _ places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (value * scale).rounded() / scale
    }
}
