/// Adds up one attribute of all features of a layer, once its keys and values are known: they may come last.
struct FrameCount {
    private var key: UInt64?
    private var keys: UInt64 = 0
    private var values: [ByteCursor] = []
    private var tags: [MessageReader.Field] = []

    mutating func addKey(_ content: ByteCursor) {
        if key == nil, (try? content.utf8()) == CoverageLayer.framesKey { key = keys }
        keys += 1
    }

    mutating func addValue(_ content: ByteCursor) { values.append(content) }

    mutating func addTags(_ field: MessageReader.Field) { tags.append(field) }

    /// The sum of the attribute; nil where no feature has it as an unsigned integer.
    func total() throws(TileError) -> UInt64? {
        guard let key else { return nil }
        var sum: UInt64?
        // A value is read once, however many features share it.
        var known = [UInt64?](repeating: nil, count: values.count)
        for field in tags {
            var pairs: [UInt64] = []
            try field.append(to: &pairs, atMost: field.length)
            for index in stride(from: 0, to: pairs.count - 1, by: 2) where pairs[index] == key {
                guard let place = Int(exactly: pairs[index + 1]), values.indices.contains(place) else {
                    throw field.error(.malformed, "value \(pairs[index + 1]) of \(values.count)")
                }
                if known[place] == nil {
                    guard case .uint(let n) = try ValueDecoder.decode(values[place], at: field) else {
                        continue
                    }
                    known[place] = n
                }
                let (total, overflow) = (sum ?? 0).addingReportingOverflow(known[place] ?? 0)
                sum = overflow ? UInt64.max : total
            }
        }
        return sum
    }
}
