import Geo
import Testing

@testable import Tiles

@Suite struct PackedTileSummaryTests {
    private static let tile = TileID(zoom: 14, column: 3, row: 5)

    /// A leaf tile with up to some hundred drives, or the parent of four.
    private static func summary(_ random: inout SeededRandom, drives: Int, squares: Int) throws -> TileSummary
    {
        let hashes = random.hashes(drives)
        let leaf = TileSummary(
            leaf: random.drives(hashes, contributors: hashes, frames: 40, squares: squares),
            of: try #require(tile))
        return Bool.random(using: &random)
            ? leaf : TileSummary(merging: Quadrant.allCases.map { ($0, leaf) })
    }

    @Test(arguments: 0..<40) func packedFormsComeBack(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let plain = random.summary(squares: Int(seed) * 40)
        #expect(try TileSummary(packed: plain.packed()) == plain)
        let summary = try Self.summary(&random, drives: Int(seed) * 8 + 1, squares: 1 << Int(seed % 12))
        #expect(try TileSummary(packed: summary.packed()) == summary)
    }

    @Test func packedFormIsTheDocumentedOne() throws {
        let frames = [(5, 300, -1), (5, 0, 1), (7, 1, 0)].compactMap {
            LeafFrame(square: $0.0, quality: $0.1, day: $0.2)
        }
        let tile = try #require(Self.tile)
        let summary = TileSummary(
            leaf: [
                LeafDrive(hash: 300, contributor: 0, frames: Array(frames[1...])),
                LeafDrive(hash: 2, contributor: .max, frames: [frames[0]]),
            ], of: tile)
        #expect(
            summary.packed() == [
                // Two squares: 5 with qualities 300 and 0 on days -1 and 1, and 7.
                2, 5, 2, 0xAC, 2, 1, 2, 1, 1, 1, 0, 0,
                // Drives 2 and 300; both in the first square, the second one in the other.
                2, 2, 0xA9, 2, 2, 0, 0, 1, 1,
                // Contributors 0 and 2^64 - 1; both in the first square, 0 in the other.
                2, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 0, 0, 1, 0,
                // Columns 3 * 64 + 5 and two more, row 5 * 64.
                0xC5, 1, 0xC0, 2, 2, 0,
            ])
        #expect(TileSummary.empty.packed() == [0])
    }

    @Test func everyTruncationIsRefused() throws {
        var random = SeededRandom(7)
        let packed = try Self.summary(&random, drives: 30, squares: 12).packed()
        for count in 0..<packed.count {
            #expect(Self.refuses(Array(packed[..<count])), "\(count) bytes")
        }
        #expect(Self.refuses(packed + [0]))
    }

    @Test(arguments: 0..<4) func damagedBytesAreRefusedOrAnotherSummary(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let packed = try Self.summary(&random, drives: 20 + Int(seed) * 20, squares: 12).packed()
        var accepted = 0
        flipped(packed, count: 600, seed: 8 + seed) { bytes in
            // What is accepted has exactly one packed form: the bytes themselves.
            guard let summary = try? TileSummary(packed: bytes) else { return }
            accepted += 1
            #expect(summary.packed() == bytes)
            // And it can be used as any other one.
            #expect(!MVTEncoder.encode(coverage: summary).isEmpty)
            #expect(TileSummary(merging: [(.southEast, summary)]).totalFrames == summary.totalFrames)
        }
        #expect(accepted > 0)
    }

    /// One square with two frames of the drives 4 and 6 and the contributor 9, at 0, 0.
    private static let sound: [UInt8] = [1, 0, 2, 1, 0, 0, 2, 4, 1, 2, 0, 0, 1, 9, 1, 0, 0, 0, 0, 0]

    @Test func theSoundOneIsRead() throws {
        let summary = try TileSummary(packed: Self.sound)
        #expect(summary.drives(ofSquareAt: 0).value == 2 && summary.contributors(ofSquareAt: 0).value == 1)
    }

    private static let greatest = [UInt8](repeating: 0xFF, count: 9) + [1]

    /// What is wrong, and the bytes in parts.
    private static let broken: [(what: String, parts: [[UInt8]])] = [
        ("nothing", []), ("bytes behind no square", [[0, 0]]), ("a long varint", [[0x80, 0]]),
        ("4097 squares", [[0x81, 0x20]]), ("square 4096", [[1, 0x80, 0x20, 1, 1, 0, 0]]),
        ("no frames", [[1, 0, 0, 0, 0, 0]]), ("2^64 - 1 squares", [greatest]),
        (
            "more hashes than squares keep",
            [[1, 0, 2, 1, 0, 0, 18], [UInt8](repeating: 0, count: 40)]
        ),
        ("2^64 - 1 hashes", [[1, 0, 2, 1, 0, 0], greatest, [4, 1, 2, 0, 0]]),
        ("a hash no square keeps", [[1, 0, 2, 1, 0, 0, 2, 4, 1, 1, 0], [1, 9, 1, 0, 0, 0, 0, 0]]),
        ("a square without drives", [[1, 0, 2, 1, 0, 0, 0, 0], [1, 9, 1, 0, 0, 0, 0, 0]]),
        (
            "three drives of two frames",
            [[1, 0, 2, 1, 0, 0, 3, 4, 1, 1, 3, 0, 0, 0], [1, 9, 1, 0, 0, 0, 0, 0]]
        ),
        ("a place beyond the table", [[1, 0, 2, 1, 0, 0, 2, 4, 1, 2, 0, 1], [1, 9, 1, 0, 0, 0, 0, 0]]),
        (
            "a hash of 65 bits",
            [[1, 0, 2, 1, 0, 0, 2], greatest, [0, 2, 0, 0], [1, 9, 1, 0, 0, 0, 0, 0]]
        ),
        ("an extent beyond the map", [sound.dropLast(4), [0x80, 0x80, 0x40, 0, 0, 0]]),
        ("an extent that ends beyond it", [sound.dropLast(4), [1, 0, 0xFF, 0xFF, 0x3F, 0]]),
        ("an extent of 2^64", [sound.dropLast(), greatest]), ("a byte too many", [sound, [0]]),
    ]

    @Test(arguments: broken.indices) func brokenFormsAreRefused(index: Int) {
        let (what, parts) = Self.broken[index]
        #expect(Self.refuses(Array(parts.joined())), "\(what)")
    }

    private static func refuses(_ bytes: [UInt8]) -> Bool {
        refusal { () throws(TileError) in _ = try TileSummary(packed: bytes) } != nil
    }
}
