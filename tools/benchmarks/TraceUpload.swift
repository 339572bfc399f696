import DriveFormats

/// An upload in memory of one trace and one photo, which is empty: to read it costs what it costs to read the trace.
struct TraceUpload: UploadContents {
    let files: [UploadFile]
    private let beginning: [UInt8]
    private let middle: [UInt8]
    private let end: [UInt8]
    private let size: Int

    /// An upload with the trace `beginning` and `end`, between which `middle` is repeated up to about `size` bytes.
    init(_ beginning: [UInt8], repeating middle: [UInt8] = [], upTo size: Int = 0, end: [UInt8] = []) {
        self.beginning = beginning
        self.middle = middle
        self.end = end
        let repetitions = middle.isEmpty ? 0 : max(0, size - beginning.count) / middle.count
        self.size = beginning.count + repetitions * middle.count + end.count
        files = [UploadFile(path: "photo.jpg", size: 0), UploadFile(path: "trace", size: self.size)]
    }

    func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        guard file.size > 0 else { return [] }
        let range = range.clamped(to: 0..<size)
        var bytes = Array(beginning[range.clamped(to: 0..<beginning.count)])
        bytes.reserveCapacity(range.count)
        let endStart = size - end.count
        let limit = range.clamped(to: 0..<endStart).count
        while bytes.count < limit {
            let start = (range.lowerBound + bytes.count - beginning.count) % middle.count
            bytes += middle[start..<min(middle.count, start + limit - bytes.count)]
        }
        for index in range.clamped(to: endStart..<size) { bytes.append(end[index - endStart]) }
        return bytes
    }

    /// The trace, as ingestion reads it.
    func trace() throws -> [RawFix] {
        guard let format = try DriveFormats.recognise(self) else {
            throw BenchmarkError("no trace is recognised")
        }
        return try format.read(self).flatMap(\.trace)
    }
}
