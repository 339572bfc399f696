import Canonical

/// One file of a log (c2sp.org/tlog-tiles): up to 256 hashes of one height of the tree, or up to 256 entries.
public struct LogTile: Sendable, Hashable {
    /// What a tile holds.
    public enum Contents: Sendable, Hashable {
        /// Roots over 256^level entries each; of level 0, the hashes of the entries.
        case hashes(level: Int)
        /// The entries themselves.
        case entries
    }

    /// What it holds.
    public let contents: Contents
    /// Which one of its kind.
    public let index: UInt64
    /// How many hashes or entries: 256, or fewer at the right edge of the tree.
    public let width: Int

    /// How many hashes or entries a full tile has.
    public static let fullWidth = 256
    /// The most hash levels a tree of 64-bit size has.
    static let levels = 0..<8

    /// The tile `index` with `width` (1...256) hashes or entries.
    public init(_ contents: Contents, index: UInt64, width: Int = fullWidth) {
        self.contents = contents
        self.index = index
        self.width = min(max(width, 1), Self.fullWidth)
    }

    /// Whether no entry can be added to it.
    public var isFull: Bool { width == Self.fullWidth }

    /// The full tile in its place.
    public var full: LogTile { LogTile(contents, index: index) }

    /// Where it lies below the log's directory: `tile/0/x001/x234/067`, `tile/entries/000.p/17`.
    public var path: String { isFull ? fullPath : "\(partialDirectory)/\(width)" }

    /// The directory of the partial tiles in its place.
    public var partialDirectory: String { "\(fullPath).p" }

    private var fullPath: String {
        let level =
            switch contents {
            case .hashes(let level): String(level)
            case .entries: "entries"
            }
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            let group = String(repeating: "0", count: 3 - digits.count) + digits
            groups.insert(groups.isEmpty ? group : "x\(group)", at: 0)
            rest /= 1000
        } while rest > 0
        return "tile/\(level)/\(groups.joined(separator: "/"))"
    }

    /// The tile at `path`; nil where no tile has that path.
    public init?(path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts.removeFirst().hasSameBytes(as: "tile") else { return nil }
        let name = parts.removeFirst()
        if name.hasSameBytes(as: "entries") {
            contents = .entries
        } else {
            guard let level = Decimal.value(name.utf8), level < 64 else { return nil }
            contents = .hashes(level: Int(level))
        }
        width =
            parts.dropLast().last.flatMap { parent -> Int? in
                guard parent.hasSuffix(".p"), let last = parts.last, let width = Decimal.value(last.utf8)
                else {
                    return nil
                }
                return (1..<UInt64(Self.fullWidth)).contains(width) ? Int(width) : nil
            } ?? Self.fullWidth
        if width < Self.fullWidth {
            parts.removeLast()
            parts.append(String(parts.removeLast().dropLast(2)))
        }
        var index: UInt64 = 0
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            guard isLast || part.hasPrefix("x") else { return nil }
            let digits = isLast ? part.utf8[...] : part.utf8.dropFirst()
            guard digits.count == 3, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
                return nil
            }
            let value = digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
            let (product, over) = index.multipliedReportingOverflow(by: 1000)
            let (sum, carry) = product.addingReportingOverflow(value)
            guard !over, !carry else { return nil }
            index = sum
        }
        self.index = index
        // A number of fewer groups, or a full width written out, would be a second name.
        guard self.path.hasSameBytes(as: path) else { return nil }
    }

    /// The tiles that hold a tree of `size` leaves: the entries first, then hashes from level 0 up.
    public static func tiles(of size: UInt64) -> [LogTile] {
        let contents: [Contents] = [.entries] + levels.map { .hashes(level: $0) }
        return contents.flatMap { tiles($0, from: 0, to: count(of: $0, in: size)) }
    }

    /// How many hashes or entries of this kind a tree of `size` leaves has.
    static func count(of contents: Contents, in size: UInt64) -> UInt64 {
        switch contents {
        case .entries: size
        case .hashes(let level): level < 8 ? size >> UInt64(8 * level) : 0
        }
    }

    /// The tiles with the hashes or entries from `first` on, of `count` in all. Made one by one: a stranger's head may
    /// say any size.
    static func tiles(_ contents: Contents, from first: UInt64, to count: UInt64) -> some Sequence<LogTile> {
        let begun = count / 256 + (count % 256 == 0 ? 0 : 1)
        let start = min(first / 256, begun)
        return (start..<(first < count ? begun : start)).lazy.map { index in
            LogTile(contents, index: index, width: Int(min(256, count - index * 256)))
        }
    }

    /// The tile that holds number `place` of its kind, as wide as a tree of `size` leaves has it.
    static func containing(_ place: UInt64, _ contents: Contents, in size: UInt64) -> LogTile {
        let index = place / 256
        return LogTile(
            contents, index: index, width: Int(min(256, count(of: contents, in: size) - index * 256)))
    }
}
