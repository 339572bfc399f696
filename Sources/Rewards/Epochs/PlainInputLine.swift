import Canonical
import Stages

/// Reads the lines of drives, of which an epoch has hundreds of thousands, where they are written the plain way. What is
/// written otherwise is nil here, and read by the strict reader, as with ``AcceptedLine``.
enum PlainInputLine {
    private static let maxBytes = 1 << 16
    private static let counts: ClosedRange<Int64> = 0...(1 << 50)

    /// The drive of `line`; nil where it is written in another way, or wrong.
    static func drive(_ line: [UInt8]) -> DriveInput? {
        // What is larger is beyond the strict reader's limits.
        guard line.count <= maxBytes else { return nil }
        return line.withUnsafeBufferPointer { buffer in
            var scanner = PlainScanner(buffer)
            return drive(&scanner)
        }
    }

    private static func drive(_ line: inout PlainScanner) -> DriveInput? {
        guard line.skip("{\"contributor\":"), let contributor = line.text(), line.skip(",\"device\":")
        else { return nil }
        var device: String?
        if !line.skip("null") {
            guard let text = line.text(), (1...200).contains(text.utf8.count) else { return nil }
            device = text
        }
        // Flags are rare.
        guard line.skip(",\"drive\":"), let drive = line.text(),
            line.skip(",\"flags\":[],\"frames\":{\"accepted\":"), line.integer(in: counts) != nil,
            line.skip(",\"duplicate\":"), line.integer(in: counts) != nil, line.skip(",\"rejected\":"),
            line.integer(in: counts) != nil, line.skip("},\"received_at\":"),
            let receivedAt = line.integer(), line.skip(",\"trust\":"), line.integer(in: 0...1000) != nil,
            line.skip(",\"upload\":"), let upload = line.text(), line.skip("}"), line.isAtEnd
        else { return nil }
        return DriveInput(
            drive: drive, upload: upload, contributor: contributor, device: device,
            receivedAt: UTCTime(milliseconds: receivedAt), flags: [])
    }
}
