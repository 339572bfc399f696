/// Reads one value message, which has exactly one field set (section 4.1).
enum ValueDecoder {
    static func decode(_ content: ByteCursor, at field: MessageReader.Field) throws(TileError) -> VectorValue
    {
        var message = MessageReader(content)
        var result: VectorValue?
        while let part = try message.next() {
            guard let value = try value(part) else { continue }
            guard result == nil else { throw part.error(.malformed, "a value of two types") }
            result = value
        }
        guard let result else { throw field.error(.malformed, "a value without content") }
        return result
    }

    private static func value(_ part: MessageReader.Field) throws(TileError) -> VectorValue? {
        switch part.number {
        case VectorField.Value.string: return .string(try part.content().utf8())
        case VectorField.Value.float:
            return .float(bits: UInt32(truncatingIfNeeded: try part.fixed(bytes: 4)))
        case VectorField.Value.double: return .double(bits: try part.fixed(bytes: 8))
        case VectorField.Value.int: return .int(Int64(bitPattern: try part.varint()))
        case VectorField.Value.uint: return .uint(try part.varint())
        case VectorField.Value.sint: return .sint(ZigZag.decoded(try part.varint()))
        case VectorField.Value.bool:
            let value = try part.varint()
            guard value <= 1 else { throw part.error(.malformed, "boolean \(value)") }
            return .bool(value == 1)
        default: return nil
        }
    }
}
