/// Steps through the fields of one Protocol Buffers message.
struct MessageReader {
    private var cursor: ByteCursor

    init(_ cursor: ByteCursor) {
        self.cursor = cursor
    }

    /// One field; asking for another wire type than it has is an error.
    struct Field {
        let number: UInt64
        let offset: UInt64
        private let payload: Payload

        enum Payload {
            case varint(UInt64)
            case fixed(UInt64, bytes: Int)
            case content(ByteCursor)
        }

        init(number: UInt64, offset: UInt64, payload: Payload) {
            self.number = number
            self.offset = offset
            self.payload = payload
        }

        func error(_ code: TileError.Code, _ reason: String) -> TileError {
            TileError(code, at: offset, reason)
        }

        func varint() throws(TileError) -> UInt64 {
            guard case .varint(let value) = payload else { throw mismatch }
            return value
        }

        func fixed(bytes: Int) throws(TileError) -> UInt64 {
            guard case .fixed(let value, bytes) = payload else { throw mismatch }
            return value
        }

        func content() throws(TileError) -> ByteCursor {
            guard case .content(let cursor) = payload else { throw mismatch }
            return cursor
        }

        /// Bytes of what the field holds.
        var length: Int {
            switch payload {
            case .varint(let value): Int(ProtobufWriter.size(value))
            case .fixed(_, let bytes): bytes
            case .content(let cursor): cursor.remaining
            }
        }

        /// The numbers of a repeated field, packed or one by one; `parts` does not grow beyond `limit`.
        func append(to parts: inout [UInt64], atMost limit: Int = .max) throws(TileError) {
            func append(_ value: UInt64) throws(TileError) {
                guard parts.count < limit else {
                    throw error(.malformed, "more than \(limit) numbers, which is all there can be")
                }
                parts.append(value)
            }
            switch payload {
            case .varint(let value): try append(value)
            case .content(var cursor): while !cursor.isAtEnd { try append(try cursor.varint()) }
            case .fixed: throw mismatch
            }
        }

        private var mismatch: TileError { error(.malformed, "field \(number) has the wrong wire type") }
    }

    /// The next field, nil at the end of the message.
    mutating func next() throws(TileError) -> Field? {
        guard !cursor.isAtEnd else { return nil }
        let offset = UInt64(cursor.position)
        let key = try cursor.varint()
        // Field numbers are 1...2^29 - 1.
        guard (1...536_870_911).contains(key >> 3) else {
            throw TileError(.malformed, at: offset, "field number \(key >> 3)")
        }
        let payload: Field.Payload
        switch ProtobufWriter.WireType(rawValue: key & 7) {
        case .varint: payload = .varint(try cursor.varint())
        case .eightBytes: payload = .fixed(try cursor.littleEndian(8), bytes: 8)
        case .lengthDelimited: payload = .content(try cursor.part(try cursor.varint()))
        case .fourBytes: payload = .fixed(try cursor.littleEndian(4), bytes: 4)
        case nil: throw TileError(.malformed, at: offset, "wire type \(key & 7)")
        }
        return Field(number: key >> 3, offset: offset, payload: payload)
    }
}
