import Canonical
import Glibc
import Store
import Synchronization

/// What a command has to say on stdout: text for people, or one JSON record a line.
struct Output: Sendable {
    let isJSON: Bool
    let isQuiet: Bool

    /// A line of text; nothing with `--json` or `--quiet`.
    func line(_ text: String = "") {
        if isJSON || isQuiet { return }
        Self.write(Array(Printable.text(text).utf8) + [0x0A], to: STDOUT_FILENO)
    }

    /// A record; nothing without `--json`.
    func record(_ type: String, _ members: [String: CanonicalJSON]) {
        guard isJSON else { return }
        Self.write(
            CanonicalJSON.object(members.merging(["type": .string(type)]) { $1 }).line, to: STDOUT_FILENO)
    }

    /// The last record of every command.
    func summary(_ members: [String: CanonicalJSON]) {
        record("summary", members)
    }

    /// Rows of text in aligned columns under a heading; columns of numbers to the right.
    func table(_ heading: [String], _ rows: [[String]]) {
        let isNumber = heading.indices.map { column in
            rows.allSatisfy { column >= $0.count || Self.isNumber($0[column]) }
        }
        let widths = heading.indices.map { column in
            ([heading] + rows).map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        for row in [heading] + rows {
            let cells = row.enumerated().map { column, text in
                let padding = String(repeating: " ", count: max(0, widths[column] - text.count))
                return isNumber[column] ? padding + text : text + padding
            }
            let text = cells.joined(separator: "  ")
            line(String(text.reversed().drop { $0 == " " }.reversed()))
        }
    }

    /// Whether a cell is a number; an empty one, or a `?` for one that is unknown, stands for a number as well.
    private static func isNumber(_ cell: String) -> Bool {
        cell == "?"
            || cell.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".") }
    }

    /// Text on stderr about what somebody must deal with, with `--quiet` as well.
    func warn(_ text: String) {
        Self.write(Array(Printable.text(text).utf8) + [0x0A], to: STDERR_FILENO)
    }

    /// Text on stderr that is no data; nothing with `--quiet`.
    func note(_ text: String) {
        if isQuiet { return }
        Self.write(Array(Printable.text(text).utf8) + [0x0A], to: STDERR_FILENO)
    }

    /// The error number of the first write to stdout that failed; 0 where none did.
    private static let failure = Atomic<Int32>(0)

    /// Throws where something that was to be on stdout is not: a full disk must not look like a success.
    static func finish() throws(FileFailure) {
        let code = failure.load(ordering: .relaxed)
        if code != 0 { throw FileFailure("write", "stdout", code: code) }
    }

    /// Writes all of `bytes`; a reader that has gone away is no error.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { Glibc.write(descriptor, $0 + offset, buffer.count - offset) } ?? 0
            }
            if written > 0 {
                offset += written
            } else if written == 0 || errno != EINTR {
                if written < 0, errno != EPIPE, descriptor == STDOUT_FILENO {
                    failure.store(errno, ordering: .relaxed)
                }
                return
            }
        }
    }
}
