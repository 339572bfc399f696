import Canonical

/// The root in the text of a log's checkpoint (C2SP tlog-checkpoint): lines with origin, size and base64 root.
public enum CheckpointRoot {
    /// The root in `text`; nil where it has no three lines of that form. Signatures are not looked at.
    public static func root(_ text: [UInt8]) -> ContentHash? {
        let lines = text.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        guard lines.count == 4, !lines[0].isEmpty, !lines[1].isEmpty,
            lines[1].allSatisfy({ (0x30...0x39).contains($0) }), lines[1].first != 0x30 || lines[1].count == 1
        else { return nil }
        return Base64.bytes(Array(lines[2])).flatMap { ContentHash(bytes: $0) }
    }
}
