/// A table of docs/accuracy.md.
struct MarkdownTable {
    private var rows: [[String]]

    /// A table with these titles of its columns.
    init(_ titles: [String]) {
        rows = [titles, Array(repeating: "---", count: titles.count)]
    }

    /// Adds a row.
    mutating func add(_ row: [String]) { rows.append(row) }

    /// The table in Markdown.
    var text: String { rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n") }

    /// `part` of `whole` with three decimals, rounded down; a dash where there is nothing to divide by.
    static func share(_ part: Int, _ whole: Int) -> String {
        guard whole > 0 else { return "-" }
        let thousandths = part * 1000 / whole
        return "\(thousandths / 1000).\(String(1000 + thousandths % 1000).dropFirst())"
    }
}
