import DriveFormats

/// An upload of files that are nowhere but in memory.
struct BytesUpload: UploadContents {
    let files: [UploadFile]
    private let contents: [String: [UInt8]]

    init(_ contents: [String: [UInt8]]) {
        self.contents = contents
        files = contents.map { UploadFile(path: $0.key, size: $0.value.count) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        guard let bytes = contents[file.path] else {
            throw UploadReadError(path: file.path, reason: "no such file")
        }
        return Array(bytes[range.clamped(to: 0..<bytes.count)])
    }
}

/// Images that go with what is fuzzed.
enum TinyImage {
    /// What makes a file a JPEG file for those who look at its beginning only.
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]
}
