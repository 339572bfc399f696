import Canonical

extension LogEntry {
    /// The entry whose bytes are `bytes`, in the one form ``bytes`` gives them.
    ///
    /// A rotation's signatures have been verified.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= Self.maxBytes else {
            throw LogError(.entryForm, "\(bytes.count) bytes, limit \(Self.maxBytes)")
        }
        guard let kind = Kind.allCases.first(where: { bytes.starts(with: $0.line.utf8) }) else {
            throw LogError(.entryForm, "the first line names no known kind of entry", at: "line 1")
        }
        if kind == .keyRotation {
            self = .keyRotation(try KeyRotation(note: try SignedNote(parsing: bytes)))
            return
        }
        var body = try Self.body(bytes.dropFirst(kind.line.utf8.count))
        do throws(JSONError) {
            self = try Self.entry(kind, &body)
            try body.finish()
        } catch { throw LogError(.entryForm, "\(error)", at: "line 2") }
        guard self.bytes == bytes else {
            throw LogError(.entryForm, "the JSON is not in its canonical form", at: "line 2")
        }
    }

    /// The members of the JSON in `line`.
    static func body(_ line: ArraySlice<UInt8>) throws(LogError) -> JSONObjectReader {
        let limits = JSONLimits(maxBytes: maxBytes, maxDepth: 3, maxValues: 100)
        do throws(JSONError) {
            return try JSONObjectReader(try JSONReader.read(Array(line), limits: limits))
        } catch {
            throw LogError(.entryForm, "\(error)", at: "line 2")
        }
    }

    private static func entry(_ kind: Kind, _ body: inout JSONObjectReader) throws(JSONError) -> LogEntry {
        switch kind {
        case .ruleset: .ruleset(try hash("sha256", &body))
        case .inputsSealed: .inputsSealed(try inputs(&body))
        case .manifest: .manifest(epoch: try epoch(&body), sha256: try hash("sha256", &body))
        case .correction: .correction(epoch: try epoch(&body), sha256: try hash("sha256", &body))
        case .final: .final(epoch: try epoch(&body), sha256: try hash("sha256", &body))
        case .keyRotation: throw JSONError(reason: "a rotation is a note", place: body.path)
        }
    }

    private static func inputs(_ body: inout JSONObjectReader) throws(JSONError) -> SealedInputs {
        let epoch = try epoch(&body)
        let sealed = try body.integer("sealed_as_of")
        var inputs = try body.object("inputs")
        let count = try inputs.integer("count", in: 0...1 << 53 - 1)
        let root = try hash("root", &inputs)
        try inputs.finish()
        return SealedInputs(
            epoch: epoch, sealedAsOf: UTCTime(milliseconds: sealed), count: UInt64(clamping: count),
            root: root)
    }

    private static func epoch(_ body: inout JSONObjectReader) throws(JSONError) -> Epoch {
        let text = try body.string("epoch")
        guard let epoch = Epoch(id: text) else {
            throw JSONError(reason: "'\(text)' is no epoch", place: "\(body.path).epoch")
        }
        return epoch
    }

    private static func hash(_ key: String, _ body: inout JSONObjectReader) throws(JSONError) -> ContentHash {
        guard let hash = ContentHash(hex: try body.string(key)) else {
            throw JSONError(reason: "no 64 hexadecimal digits", place: "\(body.path).\(key)")
        }
        return hash
    }
}
