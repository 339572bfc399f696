import Canonical
import DriveFormats
import Store

/// The name of an upload's contents: the hash of one line for every file, or for every frame in a file of frames,
/// `<sha256> <path> <first byte>-<end>`, sorted by path and first byte. Neither the order in which a file system
/// lists files nor their times are part of it.
struct ContentListing {
    /// The SHA-256 of the lines.
    let hash: ContentHash

    init(upload: UploadDirectory, sources: [ByteSource], readings: [FrameReading], reader: FrameReader) throws
    {
        var entries: [(path: String, range: Range<Int>, content: ContentHash)] = []
        for (source, reading) in zip(sources, readings) {
            guard let bytes = reading.bytes, let content = reading.content else { continue }
            let start = source.range?.lowerBound ?? 0
            entries.append((source.path, start..<start + bytes, content))
        }
        let framed = Set(sources.map { Array($0.path.utf8) })
        for file in upload.files where !framed.contains(Array(file.path.utf8)) {
            entries.append((file.path, 0..<file.size, try reader.hash(file, 0..<file.size)))
        }
        entries.sort {
            $0.path.hasSameBytes(as: $1.path)
                ? $0.range.lowerBound < $1.range.lowerBound
                : $0.path.precedes($1.path)
        }
        var hasher = ContentHasher()
        for entry in entries {
            hasher.update(
                "\(entry.content) \(entry.path) \(entry.range.lowerBound)-\(entry.range.upperBound)\n")
        }
        hash = hasher.finish()
    }
}
