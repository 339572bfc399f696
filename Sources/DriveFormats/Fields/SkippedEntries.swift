/// The entries of a trace file (rows, records, points) that could not be read and were left out: how many, and which
/// one was the first.
struct SkippedEntries {
    /// What one entry is called, and several: `row`, `rows`.
    private let noun: (one: String, many: String)
    private(set) var count = 0
    private(set) var first: (place: String, reason: String)?

    init(_ noun: (one: String, many: String)) {
        self.noun = noun
    }

    /// Notes that the entry at `place` was left out because of `reason`.
    mutating func add(_ place: @autoclosure () -> String, _ reason: @autoclosure () -> String) {
        if count == 0 { first = (place(), reason()) }
        count += 1
    }

    /// `3 rows skipped; the first is line 7: latitude 'nan' is no number`; nil where there are none.
    var remark: String? {
        guard let first else { return nil }
        return
            "\(count) \(count == 1 ? noun.one : noun.many) skipped; the first is \(first.place): \(first.reason)"
    }

    /// Whether more entries were left out than the `read` ones: then the file is not what it was taken for.
    func outnumber(_ read: Int) -> Bool { count > read }
}
