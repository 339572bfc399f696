import Canonical
import Glibc

/// Writes an archive in the `ustar` format of POSIX.1-1988 (IEEE Std 1003.1, pax, "ustar Interchange Format") file by file.
///
/// It is a function of names, contents and one time: every file belongs to user and group 0, without names of these, and may be
/// read by all and written by its owner.
public struct TarOutput {
    private let output: FileOutput
    private let time: String

    /// Most bytes of a file, and the last second, that eleven octal digits can say.
    static let limit = 0o77777777777
    /// Most bytes of a name without the field for a prefix.
    static let maxNameBytes = 100
    private static let block = 512

    /// An archive in the new file `path`, whose files were last changed at `time`.
    public init(_ path: String, time: UTCTime) throws(FileFailure) {
        output = try FileOutput(path)
        self.time = Self.octal(Int(clamping: max(0, time.milliseconds / 1000)), digits: 11)
    }

    /// Adds the file `path` under `name`.
    ///
    /// - Throws: ``FileFailure``; with `ENAMETOOLONG` or `EFBIG` where the format cannot hold name or file, with `EIO` where
    ///   the file has another size at its end than at its beginning.
    public func add(_ path: String, as name: String) throws(FileFailure) {
        let pieces = try StoredFile.Pieces(path, ofBytes: 1 << 20)
        guard name.utf8.count <= Self.maxNameBytes else {
            throw FileFailure("archive", path, code: ENAMETOOLONG)
        }
        guard pieces.size <= Self.limit else { throw FileFailure("archive", path, code: EFBIG) }
        try output.append(header(name, size: pieces.size))
        var count = 0
        while true {
            let piece = try pieces.next()
            if piece.isEmpty { break }
            count += piece.count
            guard count <= pieces.size else { break }
            try output.append(piece)
        }
        guard count == pieces.size else { throw FileFailure("archive", path, code: EIO) }
        let rest = count % Self.block
        if rest > 0 { try output.append([UInt8](repeating: 0, count: Self.block - rest)) }
    }

    /// Ends the archive with two blocks of zeros. Nothing is added afterwards.
    public func finish() throws(FileFailure) {
        try output.append([UInt8](repeating: 0, count: 2 * Self.block))
    }

    private func header(_ name: String, size: Int) -> [UInt8] {
        var header: [UInt8] = []
        func field(_ text: String, _ width: Int) {
            let bytes = Array(text.utf8)
            header += bytes + [UInt8](repeating: 0, count: width - bytes.count)
        }
        field(name, 100)
        field("0000644", 8)  // mode
        field("0000000", 8)  // user
        field("0000000", 8)  // group
        field(Self.octal(size, digits: 11), 12)
        field(time, 12)
        // The checksum is taken with blanks in its own place.
        field("        ", 8)
        field("0", 1)  // a file
        field("", 100)  // target of a link
        field("ustar", 6)
        field("00", 2)
        field("", 32)  // name of the user
        field("", 32)  // and of the group
        field("0000000", 8)  // device
        field("0000000", 8)
        field("", 155)  // prefix of the name
        field("", 12)
        let sum = header.reduce(0) { $0 + Int($1) }
        header.replaceSubrange(148..<156, with: Array(Self.octal(sum, digits: 6).utf8) + [0, 0x20])
        return header
    }

    /// `value`, at most what fits, in octal with leading zeros.
    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(min(value, limit), radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
