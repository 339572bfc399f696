import Canonical
import Geo

/// Something about an archive that is not as it must be, or not as it should be.
public struct TileFinding: Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let code: Code
    /// The tile it concerns, nil for the archive as a whole. Of a content that several tiles have it is the first.
    public let tile: TileID?
    /// Where: a byte of the uncompressed tile where ``tile`` is given, else of the archive; nil where no byte is
    /// to blame.
    public let byte: UInt64?
    /// What was expected and what was found, in words.
    public let detail: String

    /// A finding.
    public init(_ code: Code, tile: TileID? = nil, byte: UInt64? = nil, _ detail: String) {
        self.code = code
        self.tile = tile
        self.byte = byte
        self.detail = detail
    }

    /// Code, place and detail in one line.
    public var description: String {
        let place = [tile.map { "tile \($0)" }, byte.map { "byte \($0)" }].compactMap { $0 }
        return ([code.rawValue] + (place.isEmpty ? [] : [place.joined(separator: ", ")]) + [detail])
            .joined(separator: ": ")
    }

    /// The members of the finding's record.
    public var members: [String: CanonicalJSON] {
        [
            "code": .string(code.rawValue), "level": .string(code.isWarning ? "warning" : "error"),
            "tile": tile.map { .string($0.description) } ?? .null,
            "byte": byte.map { .integer($0) } ?? .null, "detail": .string(detail),
        ]
    }
}

/// Where all checks of one archive write down what they find. Every finding is counted; of each kind the first
/// ones are kept, so that a hostile file does not fill the memory.
final class FindingLedger {
    /// Findings kept of one code.
    static let keptPerCode = 100

    private(set) var findings: [TileFinding] = []
    private(set) var counts: [TileFinding.Code: Int] = [:]

    /// All findings so far, kept or not.
    var total: Int { counts.values.reduce(0, +) }

    func add(
        _ code: TileFinding.Code, tile: TileID? = nil, byte: UInt64? = nil,
        _ detail: @autoclosure () -> String
    ) {
        let count = counts[code, default: 0]
        counts[code] = count + 1
        if count < Self.keptPerCode {
            findings.append(TileFinding(code, tile: tile, byte: byte, detail()))
        }
    }
}
