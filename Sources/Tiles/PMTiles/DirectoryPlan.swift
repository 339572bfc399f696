/// Splits entries into a root directory that fits the first 16 KiB of the file and as many leaf directories
/// as that takes.
struct DirectoryPlan {
    /// The root directory, compressed.
    let root: [UInt8]
    /// All leaf directories, each compressed alone, one after another.
    let leaves: [UInt8]

    /// Below this many entries one directory is tried first, as other writers do.
    private static let maxRootEntries = 16_384
    private static let minLeafEntries = 4096

    init(_ entries: [PMTilesEntry]) throws(TileError) {
        if entries.count < Self.maxRootEntries {
            let single = try Gzip.compress(PMTilesDirectory.bytes(entries))
            if single.count <= PMTilesHeader.maxRootLength {
                root = single
                leaves = []
                return
            }
        }
        var leafSize = max(entries.count / 3500, Self.minLeafEntries)
        while true {
            let (root, leaves) = try Self.split(entries, leafSize: leafSize)
            // A root of one entry always fits, so growing leaves come to an end.
            if root.count <= PMTilesHeader.maxRootLength {
                self.root = root
                self.leaves = leaves
                return
            }
            leafSize += leafSize / 5
        }
    }

    private static func split(
        _ entries: [PMTilesEntry], leafSize: Int
    ) throws(TileError) -> (root: [UInt8], leaves: [UInt8]) {
        var pointers: [PMTilesEntry] = []
        var leaves: [UInt8] = []
        for start in stride(from: 0, to: entries.count, by: leafSize) {
            let part = entries[start..<min(start + leafSize, entries.count)]
            let leaf = try Gzip.compress(PMTilesDirectory.bytes(part))
            pointers.append(
                PMTilesEntry(
                    id: entries[start].id, offset: UInt64(leaves.count), length: UInt32(clamping: leaf.count),
                    run: 0))
            leaves += leaf
        }
        return (try Gzip.compress(PMTilesDirectory.bytes(pointers)), leaves)
    }
}
