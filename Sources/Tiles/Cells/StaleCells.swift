/// Which cells of a file of cells have changed.
public enum StaleCells: Hashable, Sendable {
    /// Nobody knows: all of them are counted anew.
    case all
    /// Those with these bits, geohashes of the ruleset's length.
    case some(Set<UInt64>)

    /// Adds cells.
    public mutating func formUnion(_ other: StaleCells) {
        switch (self, other) {
        case (.some(var cells), .some(let more)):
            self = .all
            cells.formUnion(more)
            self = .some(cells)
        default: self = .all
        }
    }

    /// Adds one cell.
    @inline(__always)
    public mutating func insert(_ bits: UInt64) {
        guard case .some(var cells) = self else { return }
        // So that the set is not copied.
        self = .all
        cells.insert(bits)
        self = .some(cells)
    }

    /// The stored form: the bits by ascending value, each as a varint of how much it is more than the one before; nil
    /// for all cells.
    public var packed: [UInt8]? {
        guard case .some(let cells) = self else { return nil }
        var writer = ProtobufWriter()
        writer.reserve(cells.count * 3)
        var last: UInt64 = 0
        for bits in cells.sorted() {
            writer.varint(bits - last)
            last = bits
        }
        return writer.bytes
    }

    /// The cells whose stored form is `packed`.
    ///
    /// - Throws: `truncated` or `malformed` for anything but varints whose sum fits 50 bits, ten letters.
    public init(packed: [UInt8]?) throws(TileError) {
        guard let packed else {
            self = .all
            return
        }
        var cursor = ByteCursor(packed)
        var cells: Set<UInt64> = []
        var last: UInt64 = 0
        while !cursor.isAtEnd {
            let gap = try cursor.shortestVarint()
            guard gap < 1 << 50 - last, cells.isEmpty || gap > 0 else {
                throw cursor.error(.malformed, "cells that do not ascend, or of more than ten letters")
            }
            last += gap
            cells.insert(last)
        }
        self = .some(cells)
    }
}
