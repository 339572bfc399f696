import Canonical
import Geo

/// What the verification of one archive looked at and found.
public struct ArchiveReport: Sendable {
    /// A layer of the vector tiles that were read.
    public struct Layer: Sendable {
        /// The layer's name.
        public let name: String
        /// Zooms at which it was found.
        public let zooms: ClosedRange<UInt8>
        /// Contents that have it.
        public let contents: Int
        /// Features in them.
        public let features: Int
        /// How far features reach out of their tiles at most, in thousandths of a tile, rounded up. Other programs
        /// give their tiles such a buffer.
        public let overhangPermille: Int
    }

    /// What is wrong, the first hundred of every code, in the order in which they were found.
    public internal(set) var findings: [TileFinding] = []
    /// How many findings there are of each code, those not kept included; by code.
    public internal(set) var counts: [(code: TileFinding.Code, count: Int)] = []
    /// Tiles the archive has, runs counted in full.
    public internal(set) var tiles: UInt64 = 0
    /// Different contents.
    public internal(set) var contents = 0
    /// Contents that were inflated and read.
    public internal(set) var contentsRead = 0
    /// Layers found in the contents, by name.
    public internal(set) var layers: [Layer] = []
    /// What was not looked at, and why, in words.
    public internal(set) var notLookedAt: [String] = []

    /// Findings that break a rule.
    public var errors: Int { counts.reduce(0) { $0 + ($1.code.isWarning ? 0 : $1.count) } }

    /// Findings that break none.
    public var warnings: Int { counts.reduce(0) { $0 + ($1.code.isWarning ? $1.count : 0) } }

    /// Whether no rule is broken.
    public var isSound: Bool { errors == 0 }

    /// A report that nothing was looked at yet.
    public init() {}

    /// Adds `finding` to the report.
    public mutating func add(_ finding: TileFinding) {
        findings.append(finding)
        if let index = counts.firstIndex(where: { $0.code == finding.code }) {
            counts[index].count += 1
        } else {
            counts.append((finding.code, 1))
        }
    }

    /// Takes over what `ledger` has.
    mutating func take(_ ledger: FindingLedger) {
        findings = ledger.findings
        counts = TileFinding.Code.allCases.compactMap { code in ledger.counts[code].map { (code, $0) } }
    }
}
