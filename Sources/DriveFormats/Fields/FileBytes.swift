/// The bytes of a file of an upload, read chunk by chunk: memory does not grow with the file.
struct FileBytes {
    /// Bytes of one chunk: large enough that asking for it costs nothing, small enough to stay in the cache.
    static let chunkSize = 256 << 10

    private let upload: any UploadContents
    private let file: UploadFile
    private let chunkSize: Int
    private var chunk: [UInt8] = []
    private var position = 0
    /// The offset in the file of the chunk's first byte.
    private var start = 0

    init(_ file: UploadFile, in upload: any UploadContents, chunkSize: Int = FileBytes.chunkSize) {
        self.file = file
        self.upload = upload
        self.chunkSize = max(1, chunkSize)
    }

    /// The offset in the file of the next byte.
    var offset: Int { start + position }

    /// The next byte, which stays; nil at the end of the file.
    mutating func peek() throws(UploadReadError) -> UInt8? {
        if position < chunk.count { return chunk[position] }
        start += chunk.count
        position = 0
        chunk = try upload.bytes(of: file, range: start..<start + chunkSize)
        return chunk.first
    }

    /// Steps over the byte that ``peek()`` gave.
    mutating func skip() { position += 1 }

    /// Steps over `mark` if the file begins with it; to be asked at the file's beginning.
    mutating func skip(mark: [UInt8]) throws(UploadReadError) {
        if try upload.prefix(of: file, count: mark.count) == mark { seek(to: mark.count) }
    }

    /// Makes the byte at `offset` the next one.
    mutating func seek(to offset: Int) {
        if offset >= start, offset <= start + chunk.count {
            position = offset - start
        } else {
            chunk.removeAll()
            start = offset
            position = 0
        }
    }

    /// Appends to `output` the bytes before the next one for which `isStop` holds, or the end of the file, until
    /// `output` has more than `limit` bytes.
    mutating func append(
        to output: inout [UInt8], limit: Int, until isStop: (UInt8) -> Bool
    ) throws(UploadReadError) {
        while try peek() != nil {
            let first = position
            let end = min(chunk.count, first + max(0, limit - output.count) + 1)
            while position < end, !isStop(chunk[position]) { position += 1 }
            output.append(contentsOf: chunk[first..<position])
            if position < chunk.count || output.count > limit { return }
        }
    }

    /// Steps over the bytes before the next one for which `isStop` holds, or to the end of the file.
    mutating func skip(until isStop: (UInt8) -> Bool) throws(UploadReadError) {
        while try peek() != nil {
            while position < chunk.count, !isStop(chunk[position]) { position += 1 }
            if position < chunk.count { return }
        }
    }

    /// UTF-8's byte order mark, which programs of one maker put before every text.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
