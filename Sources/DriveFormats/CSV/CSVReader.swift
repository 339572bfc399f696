import Canonical

/// Reads the rows of a CSV trace as fixes, one by one.
struct CSVReader {
    private var rows: CSVRows
    private let columns: CSVColumns
    private let hasDecimalComma: Bool
    /// Rows that are no fix.
    private(set) var skipped = SkippedEntries(("row", "rows"))
    /// Rows whose position is empty, as receivers write them that have none.
    private(set) var withoutPosition = 0
    /// Votes of the fixes so far: numbers that can only be 10^-7 degree, and such that can only be degrees.
    private var votes = (sevenDigits: 0, degrees: 0)

    /// Reads the rows of `file` below its `header`.
    init(_ file: UploadFile, in upload: any UploadContents, header: CSVHeader) {
        var input = FileBytes(file, in: upload)
        input.seek(to: header.end)
        rows = CSVRows(input, separator: header.separator, line: header.nextLine)
        columns = header.columns
        hasDecimalComma = header.separator != UInt8(ascii: ",")
    }

    /// The line on which the last row began.
    var line: Int { rows.line }

    /// The text in the column `index` of the last row.
    func field(_ index: Int) -> ArraySlice<UInt8> { rows.field(index) }

    /// The next fix; nil at the end of the file. Its position is in the column's own unit: see ``positionDivisor``.
    mutating func next() throws(UploadReadError) -> RawFix? {
        while try rows.next() {
            let line = line
            if let fault = rows.fault {
                skipped.add("line \(line)", fault)
            } else if let fix = fix() {
                return fix
            }
        }
        return nil
    }

    /// What the positions of all fixes are divided by to have degrees: 10^7 where the columns do not say so by
    /// name, but more fixes cannot be degrees than cannot be anything else.
    var positionDivisor: Double { votes.sevenDigits > votes.degrees ? 1e7 : 1 }

    private mutating func fix() -> RawFix? {
        guard let latitudeColumn = columns.latitude, let longitudeColumn = columns.longitude else {
            return nil
        }
        let texts = (rows.field(latitudeColumn.index), rows.field(longitudeColumn.index))
        if DecimalNumber.trimmed(texts.0).isEmpty, DecimalNumber.trimmed(texts.1).isEmpty {
            withoutPosition += 1
            return nil
        }
        guard let latitude = number(texts.0) else { return skip("latitude", texts.0) }
        guard let longitude = number(texts.1) else { return skip("longitude", texts.1) }
        let time = time()
        if time == nil, let text = timeText { return skip("time", text) }
        let position = (latitude / latitudeColumn.divisor, longitude / longitudeColumn.divisor)
        vote(position.0, position.1)
        return RawFix(
            time: time, latitude: position.0, longitude: position.1, heading: number(columns.heading),
            speed: number(columns.speed), horizontalError: number(columns.horizontalError),
            hdop: number(columns.hdop))
    }

    private mutating func skip(_ what: String, _ text: ArraySlice<UInt8>) -> RawFix? {
        let line = line
        skipped.add(
            "line \(line)",
            "\(what) '\(PrintableText.of(text, limit: 40))' is \(what == "time" ? "none" : "no number")")
        return nil
    }

    /// No angle is greater than 360 degrees, and no position in 10^-7 degree has a fraction.
    private mutating func vote(_ latitude: Double, _ longitude: Double) {
        if max(latitude.magnitude, longitude.magnitude) > 360 {
            votes.sevenDigits += 1
        } else if latitude != latitude.rounded() || longitude != longitude.rounded() {
            votes.degrees += 1
        }
    }

    /// The text that should be the row's time; nil where it is empty, or there is no such column.
    private var timeText: ArraySlice<UInt8>? {
        guard let index = columns.time ?? columns.date else { return nil }
        let text = DecimalNumber.trimmed(rows.field(index))
        return text.isEmpty ? nil : text
    }

    private func time() -> UTCTime? {
        guard let text = timeText else { return nil }
        // Where there is a date of its own, a time is the time of that day before it is anything else.
        if let time = columns.time, let date = columns.date, time != date,
            let joined = TimeText.time(date: rows.field(date), time: text)
        {
            return joined
        }
        return TimeText.time(text)
    }

    private func number(_ column: CSVColumns.Number?) -> Double? {
        guard let column, let value = number(rows.field(column.index)) else { return nil }
        return value / column.divisor
    }

    /// The number `text`, with a comma for the point where commas do not separate fields.
    private func number(_ text: ArraySlice<UInt8>) -> Double? {
        guard hasDecimalComma, text.count <= DecimalNumber.maxLength,
            let comma = text.firstIndex(of: UInt8(ascii: ",")), !text.contains(UInt8(ascii: "."))
        else { return DecimalNumber.value(text) }
        return DecimalNumber.value(text[..<comma] + [UInt8(ascii: ".")] + text[(comma + 1)...])
    }
}
