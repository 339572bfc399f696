import Canonical
import Testing

@testable import DriveFormats

/// CSV files that are broken, or made to hurt.
struct CSVHostileTests {
    private static func read(_ bytes: [UInt8], maxFixes: Int = RawTrace.maxFixes) throws -> RawTrace {
        let upload = MemoryUpload([("a\u{1B}.csv", bytes)])
        return try CSVTrace(maxFixes: maxFixes).read(upload.files[0], in: upload)
    }

    private static func refusal(_ content: String, maxFixes: Int = RawTrace.maxFixes) throws -> FormatError {
        let error = #expect(throws: FormatError.self) { try read(text(content), maxFixes: maxFixes) }
        return try #require(error)
    }

    private static let head = "lat,lon,time\n"
    private static let good = "1,2,1765835621\n"

    @Test(arguments: [
        ("lat,lng,speed\n1,2,3", "csv.no_columns", "line 1", "time (time, timestamp, datetime, utc)"),
        (
            "# x\nLAT,Zeit,time", "csv.no_columns", "line 2",
            "longitude (lon, lng, longitude, x); the columns are 'LAT', 'Zeit', 'time'"
        ),
        (head, "csv.no_fixes", "line 2", "no rows below the header"),
        (head + "\n,,5\n,,6", "csv.no_fixes", "line 2", "none of the 2 rows has a position"),
        (head + "1,2,\n3,4\n", "csv.no_times", "line 2", "none of the 2 rows has a time"),
        (
            head + good + "\nnan,1,1\ninf,1,1\n", "csv.bad_rows", "line 4",
            "latitude 'nan' is no number; 2 rows cannot be read, 1 can"
        ),
        (head + "1e308,2,1765835621", "csv.bad_rows", "line 2", "'1e308' is no number"),
        (head + "1,0x10,1765835621", "csv.bad_rows", "line 2", "longitude '0x10'"),
        (head + "1,2,0\n", "csv.bad_rows", "line 2", "time '0' is none"),
        (head + "1,2,-1765835621\n", "csv.bad_rows", "line 2", "is none"),
        (head + "1,2,99999999999999999999\n", "csv.bad_rows", "line 2", "is none"),
        (head + "1,2,1.7e9\n", "csv.bad_rows", "line 2", "is none"),
        (head + "1,2,2025-02-29 00:00:00\n", "csv.bad_rows", "line 2", "is none"),
        (head + "1,2,2025-01-01T00:00:00+1\n", "csv.bad_rows", "line 2", "is none"),
        (head + "\"1\"x,2,1765835621", "csv.bad_rows", "line 2", "text behind a closing quote"),
        (head + "\"1,2,1765835621", "csv.bad_rows", "line 2", "a quote that is not closed"),
    ])
    func refused(content: String, code: String, place: String, reason: String) throws {
        let error = try Self.refusal(content)
        #expect(error.code == code)
        #expect(error.place == "a\\u{1B}.csv, \(place)")
        #expect(error.reason.contains(reason), "\(error.reason)")
    }

    @Test func encoding() throws {
        let bytes: [UInt8] = [0xFF, 0xFE] + text(Self.head).flatMap { [$0, 0] }
        let upload = MemoryUpload([("a.csv", bytes)])
        #expect(try CSVTrace().recognises(upload.files[0], in: upload))
        #expect(code { _ = try CSVTrace().read(upload.files[0], in: upload) } == "csv.encoding")
    }

    @Test func limits() throws {
        let error = try Self.refusal(Self.head + String(repeating: Self.good, count: 4), maxFixes: 3)
        #expect(error.code == "csv.too_many_rows")
        #expect(error.place.hasSuffix("line 5"))
        let rows = String(repeating: Self.good, count: 20)
        for (row, reason) in [
            (String(repeating: "1", count: 1_000_000), "a field of more than 4096 bytes"),
            (String(repeating: "1,", count: 500_000), "more than 256 fields"),
            ("\"" + String(repeating: "1", count: 1_000_000), "a quote that is not closed within 4096 bytes"),
            (
                "\"" + String(repeating: "\"\"", count: 500_000) + "\"",
                "a quote that is not closed within 4096 bytes"
            ),
            (
                String(repeating: "9", count: 100),
                "latitude '\(String(repeating: "9", count: 40))...' is no number"
            ),
            (String(repeating: "\0", count: 5000), "a field of more than 4096 bytes"),
        ] {
            let trace = try Self.read(text(Self.head + rows + row + "\n" + rows))
            #expect(trace.fixes.count == 40)
            #expect(trace.remarks == ["1 row skipped; the first is line 22: \(reason)"])
        }
        #expect(CSVHeader.find(in: text(String(repeating: "#\n", count: 40) + Self.head)) == nil)
        #expect(CSVHeader.find(in: text(String(repeating: "lat,lon,", count: 4000))) == nil)
    }

    /// Each of these quotes is gone back from at most a hundred times.
    @Test func manyOpenQuotes() throws {
        let lines = String(repeating: "\"1,2,3\n\n", count: 20_000)
        let clock = ContinuousClock()
        let bytes = text(Self.head + Self.good + lines)
        var error: FormatError?
        let elapsed = try clock.measure { error = try Self.refusal(String(decoding: bytes, as: UTF8.self)) }
        #expect(error?.code == "csv.bad_rows")
        #expect(elapsed < .seconds(5))
    }

    /// Whatever a file holds, it is read or refused, and the same in chunks of any size.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func mutations(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let tokens = [
            ",", ";", "\t", "\n", "\r\n", "\r", "\"", "\"\"", "1", "-", ".", "e9", "nan", "2025-01-01", "T",
            "Z", "#",
            "lat", "\u{FEFF}", "\0", "é", "99999999999", " ",
        ].map(text)
        for round in 0..<150 {
            var bytes = text(
                "lat,lon,time,note\n1,2,1765835621,\"a\nb\"\n3,4,1765835622,x\n5,6,1765835623,\"\"\n")
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...3, using: &random))
                bytes.replaceSubrange(place..<end, with: tokens.randomElement(using: &random) ?? [])
            }
            let upload = MemoryUpload([("a.csv", bytes)])
            guard try CSVTrace().recognises(upload.files[0], in: upload) else { continue }
            let refusal = code { _ = try CSVTrace().read(upload.files[0], in: upload) }
            if let refusal, !refusal.hasPrefix("csv.") {
                Issue.record("seed \(seed), round \(round): \(refusal)")
            }
            var all: [[[UInt8]]] = []
            for chunk in [1, 3, 1 << 20] {
                var rows = CSVRows(FileBytes(upload.files[0], in: upload, chunkSize: chunk), separator: 0x2C)
                var found: [[UInt8]] = []
                while try rows.next() {
                    found.append(text("\(rows.line) \(rows.fault ?? "")"))
                    for index in 0..<rows.count { found.append(Array(rows.field(index))) }
                }
                all.append(found)
            }
            if all[0] != all[1] || all[0] != all[2] {
                Issue.record("seed \(seed), round \(round): chunks differ")
            }
        }
    }
}
