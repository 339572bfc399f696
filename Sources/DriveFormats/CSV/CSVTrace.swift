/// CSV files with a header that names latitude, longitude and time.
struct CSVTrace: TraceFormat {
    let name = "csv"
    let lookedFor =
        "photos with one CSV file, whose header names two of latitude, longitude and time by their usual names"

    private let maxFixes: Int

    init(maxFixes: Int = RawTrace.maxFixes) {
        self.maxFixes = maxFixes
    }

    func recognises(_ file: UploadFile, in upload: any UploadContents) throws(UploadReadError) -> Bool {
        var bytes = try upload.prefix(of: file, count: 4)
        // What other formats begin with; most files of most uploads are such.
        guard let first = bytes.first, !"{[<$".utf8.contains(first) else { return false }
        bytes = try upload.prefix(of: file, count: CSVHeader.maxBytes)
        if Self.isUTF16(bytes) { bytes = bytes.dropFirst(2).filter { $0 != 0 } }
        return CSVHeader.find(in: bytes) != nil
    }

    /// The fixes of all rows.
    ///
    /// - Throws: ``FormatError`` `csv.encoding`, `.no_columns`, `.no_fixes`, `.no_times`, `.bad_rows`,
    ///   `.too_many_rows` or `upload.unreadable_file`.
    func read(_ file: UploadFile, in upload: any UploadContents) throws(FormatError) -> RawTrace {
        let header = try header(of: file, in: upload)
        var reader = CSVReader(file, in: upload, header: header)
        var fixes: [RawFix] = []
        while let fix = try next(of: &reader, file, after: fixes.count) { fixes.append(fix) }
        try CSVRefusal.check(fixes, reader, header, file)
        fixes.divide(by: reader.positionDivisor)
        return RawTrace(fixes: fixes, remarks: remarks(reader, header))
    }

    /// The traces of a file that holds many, told apart by the text in the column `name`, in the order of their first
    /// rows.
    func traces(
        by name: String, of file: UploadFile, in upload: any UploadContents
    ) throws(FormatError) -> [(name: [UInt8], fixes: [RawFix])] {
        let header = try header(of: file, in: upload)
        guard let column = header.names.firstIndex(of: Array(name.utf8)) else {
            throw CSVRefusal.noColumns(header, file, missing: "'\(PrintableText.of(name, limit: 40))'")
        }
        var reader = CSVReader(file, in: upload, header: header)
        var count = 0
        var traces: [(name: [UInt8], fixes: [RawFix])] = []
        var places: [[UInt8]: Int] = [:]
        while let fix = try next(of: &reader, file, after: count) {
            count += 1
            let name = Array(reader.field(column))
            let place = places[name, default: traces.count]
            if place == traces.count {
                places[name] = place
                traces.append((name, []))
            }
            traces[place].fixes.append(fix)
        }
        try CSVRefusal.check(traces.flatMap(\.fixes), reader, header, file)
        for place in traces.indices { traces[place].fixes.divide(by: reader.positionDivisor) }
        return traces
    }

    private func next(
        of reader: inout CSVReader, _ file: UploadFile, after count: Int
    ) throws(FormatError) -> RawFix? {
        let fix: RawFix?
        do { fix = try reader.next() } catch { throw FormatError(error) }
        guard fix == nil || count < maxFixes else {
            throw CSVRefusal.tooManyRows(file, line: reader.line, most: maxFixes)
        }
        return fix
    }

    private func header(
        of file: UploadFile, in upload: any UploadContents
    ) throws(FormatError) -> CSVHeader {
        let bytes: [UInt8]
        do { bytes = try upload.prefix(of: file, count: CSVHeader.maxBytes) } catch {
            throw FormatError(error)
        }
        guard !Self.isUTF16(bytes) else { throw CSVRefusal.encoding(file) }
        guard let header = CSVHeader.find(in: bytes) else { throw CSVRefusal.noHeader(file) }
        let columns = header.columns
        var missing: [String] = []
        if columns.latitude == nil { missing.append("latitude (lat, latitude, y)") }
        if columns.longitude == nil { missing.append("longitude (lon, lng, longitude, x)") }
        if columns.time == nil, columns.date == nil {
            missing.append("time (time, timestamp, datetime, utc)")
        }
        guard missing.isEmpty else {
            throw CSVRefusal.noColumns(header, file, missing: missing.joined(separator: " and "))
        }
        return header
    }

    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    }

    private func remarks(_ reader: CSVReader, _ header: CSVHeader) -> [String] {
        var remarks: [String] = []
        if let remark = reader.skipped.remark { remarks.append(remark) }
        if reader.withoutPosition > 0 {
            let rows = reader.withoutPosition
            remarks.append("\(rows) row\(rows == 1 ? "" : "s") without a position")
        }
        if let index = header.columns.speedWithoutUnit {
            let name = PrintableText.of(header.names[index], limit: 40)
            remarks.append("column '\(name)' names no unit of speed and is not taken")
        }
        return remarks
    }
}

extension [RawFix] {
    /// Divides all positions by `divisor`.
    fileprivate mutating func divide(by divisor: Double) {
        guard divisor != 1 else { return }
        for index in indices {
            self[index].latitude /= divisor
            self[index].longitude /= divisor
        }
    }
}
