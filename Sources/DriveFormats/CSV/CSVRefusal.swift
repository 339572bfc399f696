/// Why a CSV file is no trace.
enum CSVRefusal {
    private static let remedy = "export the trace with a header and the columns lat, lon and time"

    static func encoding(_ file: UploadFile) -> FormatError {
        FormatError(
            code: "csv.encoding", place: PrintableText.of(file.path),
            reason: "UTF-16; only UTF-8 is read", remedy: "save the file as CSV UTF-8")
    }

    static func noHeader(_ file: UploadFile) -> FormatError {
        FormatError(
            code: "csv.no_columns", place: PrintableText.of(file.path),
            reason: "no header that names latitude, longitude and time", remedy: remedy)
    }

    static func noColumns(_ header: CSVHeader, _ file: UploadFile, missing: String) -> FormatError {
        let names = header.names.prefix(16).map { "'\(PrintableText.of($0, limit: 40))'" }
        return FormatError(
            code: "csv.no_columns", place: "\(PrintableText.of(file.path)), line \(header.nextLine - 1)",
            reason: "no column for \(missing); the columns are \(names.joined(separator: ", "))"
                + (header.names.count > names.count ? ", ..." : ""),
            remedy: remedy)
    }

    static func tooManyRows(_ file: UploadFile, line: Int, most: Int) -> FormatError {
        FormatError(
            code: "csv.too_many_rows", place: "\(PrintableText.of(file.path)), line \(line)",
            reason: "more than \(most) fixes", remedy: "deliver each drive with its own trace")
    }

    /// Refuses a file that has given `fixes` if they are no trace, or are fewer than the rows that gave none.
    static func check(
        _ fixes: [RawFix], _ reader: CSVReader, _ header: CSVHeader, _ file: UploadFile
    ) throws(FormatError) {
        if let first = reader.skipped.first, reader.skipped.outnumber(fixes.count) {
            throw FormatError(
                code: "csv.bad_rows", place: "\(PrintableText.of(file.path)), \(first.place)",
                reason: "\(first.reason); \(reader.skipped.count) rows cannot be read, \(fixes.count) can",
                remedy: "export the trace again, with plain numbers, and times in UTC or since 1970")
        }
        let place = "\(PrintableText.of(file.path)), line \(header.nextLine)"
        guard !fixes.isEmpty else {
            let rows = reader.withoutPosition
            throw FormatError(
                code: "csv.no_fixes", place: place,
                reason: rows == 0 ? "no rows below the header" : "none of the \(rows) rows has a position",
                remedy: "leave the file out if the photos carry their own positions")
        }
        guard fixes.contains(where: { $0.time != nil }) else {
            throw FormatError(
                code: "csv.no_times", place: place, reason: "none of the \(fixes.count) rows has a time",
                remedy: "export the trace with times; without them no photo can be placed on it")
        }
    }
}
