import Canonical
import Testing

@testable import DriveFormats

/// The same fixes in whatever dialect they are written.
struct CSVDialectTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func everyDialect(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for round in 0..<60 {
            let dialect = Dialect(&random)
            let fixes = (0..<20).map { _ in Dialect.fix(&random) }
            let bytes = dialect.write(fixes, &random)
            let upload = MemoryUpload([("a", bytes)])
            let trace = try CSVTrace().read(upload.files[0], in: upload)
            let expected = fixes.map {
                RawFix(
                    time: UTCTime(milliseconds: $0.time), latitude: Double($0.latitude) / 1e7,
                    longitude: Double($0.longitude) / 1e7)
            }
            if trace != RawTrace(fixes: expected) {
                Issue.record("seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }

    /// How one program writes its files.
    private struct Dialect {
        let separator: String
        let lineEnd: String
        let quotesAll: Bool
        let style: Int
        let isE7: Bool
        let hasComma: Bool

        init(_ random: inout SeededRandom) {
            separator = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
            lineEnd = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
            quotesAll = Bool.random(using: &random)
            style = Int.random(in: 0..<6, using: &random)
            isE7 = Bool.random(using: &random)
            hasComma = separator == ";" && Bool.random(using: &random)
        }

        static func fix(_ random: inout SeededRandom) -> (latitude: Int64, longitude: Int64, time: Int64) {
            (
                Int64.random(in: -900_000_000...900_000_000, using: &random),
                Int64.random(in: -1_800_000_000..<1_800_000_000, using: &random),
                Int64.random(in: 946_684_800_000..<4_000_000_000_000, using: &random)
            )
        }

        func write(
            _ fixes: [(latitude: Int64, longitude: Int64, time: Int64)], _ random: inout SeededRandom
        ) -> [UInt8] {
            let order = [0, 1, 2].shuffled(using: &random)
            var lines = [["latitude", "lon", "time"]]
            for fix in fixes {
                lines.append([degrees(fix.latitude), degrees(fix.longitude), time(fix.time)])
            }
            let rows = lines.map { line in
                order.map { quotesAll ? "\"\(line[$0])\"" : line[$0] }.joined(separator: separator)
            }
            return text((Bool.random(using: &random) ? "\u{FEFF}" : "") + rows.joined(separator: lineEnd))
        }

        private func degrees(_ value: Int64) -> String {
            if isE7 { return "\(value)" }
            let fraction = String(value.magnitude % 10_000_000)
            let padding = String(repeating: "0", count: 7 - fraction.count)
            let sign = value < 0 ? "-" : ""
            return "\(sign)\(value.magnitude / 10_000_000)\(hasComma ? "," : ".")\(padding)\(fraction)"
        }

        private func time(_ milliseconds: Int64) -> String {
            let time = UTCTime(milliseconds: milliseconds)
            let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
            let thousandths = String(String(1000 + rest).dropFirst())
            switch style {
            case 0: return "\(milliseconds)"
            case 1: return "\(seconds).\(thousandths)"
            case 2: return "\(milliseconds)000"
            case 3: return time.description
            case 4: return time.description.dropLast().split(separator: "T").joined(separator: " ")
            default: return time.description.dropLast() + "+00:00"
            }
        }
    }
}
