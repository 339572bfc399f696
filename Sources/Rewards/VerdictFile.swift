import Canonical
import Stages

/// An epoch's `verdicts.jsonl`: the records of all its frames, one canonical line each, by the bytes of their
/// ids.
public struct VerdictFile: Sendable, Equatable {
    /// The records; their ids ascend.
    public let records: [FrameRecord]
    /// The file.
    public let bytes: [UInt8]
    /// The RFC 6962 root over the lines, without their line feeds.
    public let root: ContentHash

    /// The file of `records`, which may come in any order.
    ///
    /// - Throws: ``ManifestError/frameTwice(_:)`` where two of them have one id.
    public init(records: [FrameRecord]) throws(ManifestError) {
        var bytes: [UInt8] = []
        var tree = MerkleTree()
        // Indices are sorted, because moving records about is dearer than comparing them.
        let sorted = records.indices.sorted { records[$0].frame.precedes(records[$1].frame) }.map {
            records[$0]
        }
        for (record, next) in zip(sorted, sorted.dropFirst()) where !record.frame.precedes(next.frame) {
            throw .frameTwice(next.frame)
        }
        for record in sorted {
            let line = record.line
            tree.append(line)
            bytes.append(contentsOf: line)
            bytes.append(UInt8(ascii: "\n"))
        }
        self.records = sorted
        self.bytes = bytes
        root = tree.root
    }

    /// The file read from `bytes`.
    ///
    /// - Throws: ``JSONError`` naming the line that is no canonical record, has no line feed, or is out of
    ///   order.
    public init(bytes: [UInt8]) throws(JSONError) {
        var records: [FrameRecord] = []
        var tree = MerkleTree()
        var start = 0
        while start < bytes.count {
            let number = records.count + 1
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else {
                throw JSONError(reason: "no line feed at the end", place: "line \(number)")
            }
            let line = Array(bytes[start..<end])
            let record: FrameRecord
            do {
                record = try FrameRecord(line: line)
            } catch {
                throw JSONError(reason: error.reason, place: "line \(number), \(error.place)")
            }
            if let last = records.last, !last.frame.precedes(record.frame) {
                throw JSONError(reason: "the frames' ids do not ascend", place: "line \(number), $.frame")
            }
            records.append(record)
            tree.append(line)
            start = end + 1
        }
        self.records = records
        self.bytes = bytes
        root = tree.root
    }
}
