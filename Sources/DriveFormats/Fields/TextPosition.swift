/// A place in a text file as people count it.
struct TextPosition: Equatable {
    /// From 1.
    var line = 1
    /// From 1, in characters of UTF-8.
    var column = 1

    /// The place of the byte `offset`: the file is read once more, so that reading without errors need not count.
    init(_ offset: Int, of file: UploadFile, in upload: any UploadContents) throws(UploadReadError) {
        var start = 0
        while start < offset {
            let bytes = try upload.bytes(of: file, range: start..<min(offset, start + XMLInput.chunkSize))
            guard !bytes.isEmpty else { return }
            for byte in bytes {
                if byte == 0x0A {
                    line += 1
                    column = 1
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
            }
            start += bytes.count
        }
    }
}
