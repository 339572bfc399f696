/// What was measured, line by line, with its limits; a table in Markdown.
struct LimitTable {
    /// Whether every limit was kept.
    private(set) var isKept = true
    private var rows: [[String]] = [
        ["what", "limit", "min", "median", "max", ""], Array(repeating: "---", count: 6),
    ]

    /// Adds `values` under the name `what`; their median must be at most `limit`.
    mutating func add(_ what: String, _ values: [Double], limit: Double? = nil, decimals: Int = 2) {
        let sorted = values.sorted()
        guard let least = sorted.first, let greatest = sorted.last else { return }
        let median = sorted[sorted.count / 2]
        let isGood = limit.map { median <= $0 }
        if isGood == false { isKept = false }
        let numbers = [least, median, greatest].map { Self.text($0, decimals) }
        rows.append(
            [what, limit.map { Self.text($0, decimals) } ?? ""] + numbers
                + [isGood.map { $0 ? "ok" : "FAIL" } ?? ""])
    }

    /// Adds a line that says whether `condition` holds, which it must.
    mutating func add(_ what: String, holds condition: Bool) {
        if !condition { isKept = false }
        rows.append([what, "yes", "", condition ? "yes" : "no", "", condition ? "ok" : "FAIL"])
    }

    /// The table.
    var text: String {
        rows.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private static func text(_ value: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { power, _ in power * 10 }
        let scaled = Int((value * Double(scale)).rounded())
        if decimals == 0 { return String(scaled) }
        return "\(scaled / scale).\(String(scale + scaled % scale).dropFirst())"
    }
}
