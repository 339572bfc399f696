import Canonical

/// Ids of frames, millions of them, each as half of its hash: enough to tell that an id was there before, whoever chooses the
/// ids.
///
/// The table is one array, an id standing at the place that its hash names or behind it. Hashes need no hashing.
struct FrameKeySet {
    /// Halves of hashes; 0 where there is none.
    private var table: [UInt128] = []
    private var count = 0
    /// Whether the one id is there whose half is 0.
    private var hasZero = false

    /// No ids.
    init() {}

    /// Adds `id`; false where it was there before.
    mutating func insert(_ id: String) -> Bool {
        let words = ContentHash.of(id).words
        return insert(key: UInt128(words.0) << 64 | UInt128(words.1))
    }

    /// Adds the half `key`; false where it was there before.
    mutating func insert(key: UInt128) -> Bool {
        guard key != 0 else {
            defer { hasZero = true }
            return !hasZero
        }
        // At most three quarters are taken, so that there is always an end.
        if 4 * (count + 1) > 3 * table.count { grow() }
        let place = place(of: key)
        if table[place] == key { return false }
        table[place] = key
        count += 1
        return true
    }

    /// The place of `key`, or the empty one where it belongs.
    private func place(of key: UInt128) -> Int {
        // The count is a power of two.
        let mask = table.count - 1
        var place = Int(truncatingIfNeeded: key) & mask
        while table[place] != 0, table[place] != key { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        let old = table
        table = [UInt128](repeating: 0, count: max(1 << 10, 2 * old.count))
        for key in old where key != 0 { table[place(of: key)] = key }
    }
}
