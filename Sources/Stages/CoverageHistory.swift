import Canonical

/// When which cells were covered in which octants, in order. Times stand in one array, because there are millions of them.
public struct CoverageHistory: Sendable, Equatable {
    /// One time at which something was covered.
    public struct Entry: Sendable, Hashable, Comparable {
        /// What.
        public let coverage: Coverage
        /// When.
        public let coveredAt: UTCTime

        /// `coverage` at `coveredAt`.
        public init(_ coverage: Coverage, at coveredAt: UTCTime) {
            self.coverage = coverage
            self.coveredAt = coveredAt
        }

        /// Whether `left` comes first by coverage, then time.
        public static func < (left: Entry, right: Entry) -> Bool {
            left.coverage == right.coverage
                ? left.coveredAt < right.coveredAt : left.coverage < right.coverage
        }
    }

    /// All of it, ascending.
    public private(set) var entries: [Entry] = []

    /// Nothing was covered yet.
    public init() {}

    /// A history of `entries`, in any order.
    public init(_ entries: some Sequence<Entry>) { self.entries = entries.sorted() }

    /// Adds what `passes` covered.
    public mutating func add(_ passes: [Pass]) {
        let new = Self.inOrder(passes)
        if entries.isEmpty {
            entries = new
            return
        }
        var merged: [Entry] = []
        merged.reserveCapacity(entries.count + new.count)
        var next = 0
        for entry in entries {
            while next < new.count, new[next] < entry {
                merged.append(new[next])
                next += 1
            }
            merged.append(entry)
        }
        merged.append(contentsOf: new[next...])
        entries = merged
    }

    /// What `passes` covered, ascending, by a sort of numbers: coverage, time, and which pass it is.
    private static func inOrder(_ passes: [Pass]) -> [Entry] {
        var order: [(key: UInt128, index: Int)] = []
        order.reserveCapacity(passes.count)
        for (index, pass) in passes.enumerated() {
            // Times before 1970 come first.
            let time = UInt64(bitPattern: pass.coveredAt.milliseconds) ^ 1 << 63
            order.append((UInt128(pass.coverage.key) << 64 | UInt128(time), index))
        }
        order.sort { $0.key < $1.key }
        return order.map { Entry(passes[$0.index].coverage, at: passes[$0.index].coveredAt) }
    }
}
