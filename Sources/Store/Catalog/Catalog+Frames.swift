import Canonical
import FoundationEssentials
import GRDB
import Geo
import Stages

/// Which frames to look at.
public enum FrameSelection: Sendable {
    /// All of them.
    case all
    /// The frame with this name, or whose file has this path or name.
    case named(String)
    /// Those of a drive.
    case drive(String)
    /// Those of an upload.
    case upload(String)
    /// Those in a cell, duplicates included.
    case cell(Geohash)
    /// Those of a contributor.
    case contributor(String)
    /// Those a sealed epoch counts.
    case epoch(String)
    /// Those no epoch counts yet.
    case open
}

extension Catalog {
    /// Gives the frames of `selection` to `body`, ordered by name.
    public func forEachFrame(
        _ selection: FrameSelection, cellPrecision: Int, _ body: (FrameView) throws -> Void
    ) throws {
        let (condition, arguments) = selection.condition
        try pool.read { database in
            let rows = try Row.fetchCursor(
                database,
                sql:
                    "SELECT \(FrameView.columns) FROM \(FrameView.tables) WHERE \(condition) ORDER BY f.name",
                arguments: arguments)
            while let row = try rows.next() { try body(FrameView(row, cellPrecision: cellPrecision)) }
        }
    }

    /// The frames of `selection`, ordered by name.
    public func frames(_ selection: FrameSelection, cellPrecision: Int) throws -> [FrameView] {
        var frames: [FrameView] = []
        try forEachFrame(selection, cellPrecision: cellPrecision) { frames.append($0) }
        return frames
    }

    /// How many frames have each verdict, and each rule.
    public func verdictTally(_ selection: FrameSelection) throws -> VerdictTally {
        let (condition, arguments) = selection.condition
        return try pool.read { database in
            var counts = VerdictTally()
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT f.verdict, f.rule, count(*)
                    FROM frames f JOIN drives d ON d.id = f.drive JOIN uploads u ON u.id = d.upload
                    WHERE \(condition) GROUP BY 1, 2
                    """, arguments: arguments)
            while let row = try rows.next() {
                guard let verdict = VerdictKind(rawValue: row[0]) else { throw CatalogDamage("a verdict") }
                counts.add(verdict, rule: row[1], count: row[2])
            }
            return counts
        }
    }
}

extension FrameSelection {
    var condition: (sql: String, arguments: StatementArguments) {
        switch self {
        case .all: ("1", [])
        case .named(let name):
            ("f.name = ?1 OR f.path = ?1 OR substr(f.path, -length(?1) - 1) = '/' || ?1", [name])
        case .drive(let name): ("d.name = ?", [name])
        case .upload(let name): ("u.name = ?", [name])
        case .cell(let cell): ("f.cell = ?", [Int64(bitPattern: cell.bits)])
        case .contributor(let id): ("u.contributor = ?", [id])
        case .epoch(let epoch): ("f.epoch = ?", [epoch])
        case .open: ("f.epoch IS NULL", [])
        }
    }
}

/// How many frames got which verdict, by which rule.
public struct VerdictTally: Sendable, Equatable {
    /// Frames by verdict.
    public private(set) var verdicts: [VerdictKind: Int] = [:]
    /// Frames by rule, for those not accepted.
    public private(set) var reasons: [String: Int] = [:]

    /// No frames at all.
    public init() {}

    /// All frames.
    public var total: Int { verdicts.values.reduce(0, +) }

    /// Frames with `verdict`.
    public subscript(verdict: VerdictKind) -> Int { verdicts[verdict] ?? 0 }

    /// Counts `count` more frames with `verdict`, by `rule`.
    public mutating func add(_ verdict: VerdictKind, rule: String?, count: Int = 1) {
        verdicts[verdict, default: 0] += count
        if let rule { reasons[rule, default: 0] += count }
    }

    /// Counts the frames of `other` as well.
    public mutating func add(_ other: VerdictTally) {
        verdicts.merge(other.verdicts, uniquingKeysWith: +)
        reasons.merge(other.reasons, uniquingKeysWith: +)
    }
}
