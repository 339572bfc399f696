/// Texts that are no JSON, to be put where a value should be. `|` stands where reading must stop.
enum JSONTexts {
    static let all: [(name: String, text: String)] = [
        ("nan", "|NaN"), ("nan-small", "|nan"), ("infinity", "|Infinity"),
        ("infinity-negative", "-|Infinity"),
        ("1e400", "1e400|"), ("minus-1e400", "-1e400|"), ("leading-zero", "01|"), ("plus", "|+1"),
        ("point-first", "|.5"),
        ("point-last", "1.|"), ("exponent-empty", "1e|"), ("exponent-sign", "1e+|"), ("hexadecimal", "0|x1"),
        ("minus-only", "-|"), ("65-digits", "9".repeated(65) + "|"),
        ("hundred-thousand-digits", "9".repeated(100_000) + "|"),
        ("single-quotes", "|'a'"), ("comment", "|/**/1"), ("capital-true", "|True"), ("nul", "|nul"),
        ("undefined", "|undefined"),
        ("line-end-in-string", "\"a|\nb\""), ("escape-in-string", "\"|\u{1B}[2J\""),
        ("nul-in-string", "\"a|\0\""),
        ("unknown-escape", "\"\\x|\""), ("unicode-escape-cut", "\"\\u12|\""),
        ("unicode-escape-of-letters", "\"\\u12|G4\""),
        ("surrogate-high", "\"\\uD800|\""), ("surrogate-low", "\"\\uDC00|\""),
        ("surrogate-twice", "\"\\uD800\\uD800|\""),
        ("comma-behind-last", "[1,|]"), ("comma-behind-member", "{\"a\":1,|}"),
        ("colon-missing", "{\"a\"|1}"),
        ("key-bare", "{|a:1}"), ("comma-missing", "[1 |2]"), ("key-twice", "{\"a\":1,\"a\":2|}"),
        // One key however it composes its accent: e with acute, and e with a combining acute behind it.
        ("key-twice-composed", "{\"\u{E9}\":1,\"e\u{301}\":2|}"),
    ]

    /// `template` with each text for its `@`: the name, the bytes, and the byte at which reading must stop.
    static func put(into template: String) -> [(name: String, bytes: [UInt8], stop: Int)] {
        let halves = template.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        return all.map { name, text in
            let before = utf8(halves[0]) + utf8(String(text.prefix { $0 != "|" }))
            let behind = utf8(String(text.drop { $0 != "|" }.dropFirst())) + utf8(halves.last ?? "")
            return (name, before + behind, before.count)
        }
    }
}
