import Geo

/// Tiles in which two sources differ.
public struct TileDifference: Sendable, Equatable {
    /// What is different.
    public enum Kind: String, Sendable, CaseIterable {
        /// Only the first source has the tiles.
        case removed
        /// Only the second one has.
        case added
        /// Both have, with different contents.
        case changed
    }

    /// What is different.
    public let kind: Kind
    /// The first of the tiles.
    public let tile: TileID
    /// How many tiles by ascending identifier it is true for, this one included: those of a run share a content.
    public let count: UInt64
    /// The contents in both sources, uncompressed; nil where one has none.
    public let contents: Contents?

    /// What a tile holds in both sources.
    public struct Contents: Sendable, Equatable {
        /// In the first one.
        public let before: [UInt8]
        /// In the second one.
        public let after: [UInt8]
    }
}

/// How many tiles two sources have, and in how many they differ.
public struct TileComparisonCounts: Sendable, Equatable {
    /// Tiles of both with the same content.
    public internal(set) var same: UInt64 = 0
    /// Tiles of the first source alone.
    public internal(set) var removed: UInt64 = 0
    /// Tiles of the second source alone.
    public internal(set) var added: UInt64 = 0
    /// Tiles of both with different contents.
    public internal(set) var changed: UInt64 = 0

    mutating func add(_ kind: TileDifference.Kind, _ count: UInt64) {
        switch kind {
        case .removed: removed = SaturatingSum.of(removed, count)
        case .added: added = SaturatingSum.of(added, count)
        case .changed: changed = SaturatingSum.of(changed, count)
        }
    }

    /// Whether both have the same tiles.
    public var areEqual: Bool { removed == 0 && added == 0 && changed == 0 }
}

/// Compares two sources tile by tile, by their uncompressed contents: how they are packed, deduplicated and ordered
/// makes no difference, nor which kind of file they are.
///
/// Both are walked at once by ascending identifier; no more than one content of each is in memory.
public struct TileComparison {
    /// A source, the run it stands on, and the contents of that run.
    private struct Side {
        private var runs: TileRuns
        private var reader: ContentReader
        private var run: TileRun?
        private var stored: [UInt8]?
        private var content: [UInt8]?
        /// Identifiers of the run that are not compared yet; nil behind the last run.
        private(set) var rest: Range<UInt64>?

        init(_ source: any TileSource) throws(TileError) {
            runs = try source.runs()
            reader = ContentReader(source)
            try advance()
        }

        private mutating func advance() throws(TileError) {
            (stored, content) = (nil, nil)
            run = try runs.next()
            rest = run.map { $0.firstID..<$0.firstID + $0.count }
        }

        /// Steps over the tiles before `id`.
        mutating func skip(to id: UInt64) throws(TileError) {
            guard let old = rest else { return }
            if id < old.upperBound { rest = max(old.lowerBound, id)..<old.upperBound } else { try advance() }
        }

        /// The content of the run as stored.
        mutating func bytes() throws(TileError) -> [UInt8]? {
            if stored == nil, let run { stored = try reader.stored(run) }
            return stored
        }

        /// The content of the run, uncompressed.
        mutating func uncompressed() throws(TileError) -> [UInt8] {
            if content == nil, let run { content = try reader.content(run) }
            return content ?? []
        }
    }

    /// Calls `body` with every difference by ascending identifier.
    ///
    /// - Throws: what `body` throws; ``TileError`` where a source cannot be read, with the tile in the reason.
    public static func run(
        _ first: any TileSource, _ second: any TileSource,
        _ body: (TileDifference) throws(TileError) -> Void
    ) throws(TileError) -> TileComparisonCounts {
        var (left, right) = (try Side(first), try Side(second))
        var counts = TileComparisonCounts()
        while let part = Self.next(left.rest, right.rest) {
            let contents = part.kind == .changed ? try Self.contents(&left, &right) : nil
            if part.kind != .changed || contents != nil {
                counts.add(part.kind, UInt64(part.ids.count))
                if let tile = TileID(id: part.ids.lowerBound) {
                    try body(
                        TileDifference(
                            kind: part.kind, tile: tile, count: UInt64(part.ids.count), contents: contents))
                }
            } else {
                counts.same = SaturatingSum.of(counts.same, UInt64(part.ids.count))
            }
            try left.skip(to: part.ids.upperBound)
            try right.skip(to: part.ids.upperBound)
        }
        return counts
    }

    /// The contents of the runs both stand on, nil where they are the same.
    private static func contents(
        _ left: inout Side, _ right: inout Side
    ) throws(TileError) -> TileDifference.Contents? {
        // Most tiles are equal as they are stored and need not be inflated.
        if try left.bytes() == right.bytes() { return nil }
        let (before, after) = (try left.uncompressed(), try right.uncompressed())
        return before == after ? nil : TileDifference.Contents(before: before, after: after)
    }

    /// The next identifiers of which the same can be said: those of one side alone, or of a run on both.
    private static func next(
        _ left: Range<UInt64>?, _ right: Range<UInt64>?
    ) -> (ids: Range<UInt64>, kind: TileDifference.Kind)? {
        switch (left, right) {
        case (nil, nil): nil
        case (let left?, nil): (left, .removed)
        case (nil, let right?): (right, .added)
        case (let left?, let right?):
            if left.lowerBound < right.lowerBound {
                (left.lowerBound..<min(left.upperBound, right.lowerBound), .removed)
            } else if right.lowerBound < left.lowerBound {
                (right.lowerBound..<min(right.upperBound, left.lowerBound), .added)
            } else {
                (left.lowerBound..<min(left.upperBound, right.upperBound), .changed)
            }
        }
    }
}
