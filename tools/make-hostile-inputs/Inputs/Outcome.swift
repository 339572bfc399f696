import Canonical

/// What became of one input: a line of the regression corpus. A change of a reader shows as a change of lines.
public struct Outcome: Sendable, Equatable {
    /// The line: a JSON object with the case's name, the SHA-256 of its files and the reading in words.
    public let line: String

    /// What becomes of `input`.
    public init(_ input: HostileCase) { self.init(input, Reading.of(input)) }

    /// What became of `input`.
    public init(_ input: HostileCase, _ reading: Reading) {
        var bytes: [UInt8] = []
        for file in input.files {
            bytes += Array(file.path.utf8) + [0] + Array("\(file.bytes.count)".utf8) + [0] + file.bytes
        }
        let members: [(String, String)] = [
            ("case", input.name), ("sha256", ContentHash.of(bytes).hex), ("outcome", reading.summary),
        ]
        line = "{\(members.map { "\(Self.quoted($0.0)):\(Self.quoted($0.1))" }.joined(separator: ","))}"
    }

    /// `text` as JSON has it, in ASCII.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22, 0x5C: result += "\\" + String(UnicodeScalar(UInt8(unit)))
            case 0x20..<0x7F: result += String(UnicodeScalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}
