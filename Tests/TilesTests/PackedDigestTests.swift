import Canonical
import Geo
import Testing

@testable import Tiles

@Suite struct PackedDigestTests {
    @Test func itHashesHeadAndContentsInTheOrderOfTheFile() throws {
        // Contents 7 and 8, 7 twice; the tile data are the last three bytes.
        let archive = try PMTilesWriter.archive(
            tiles: PMTilesTests.tiles([0, 1, 2]) { $0 == 1 ? [8, 8] : [7] },
            description: PMTilesTests.description(.png))
        let digest = try PackedDigest.of(archive: ByteArray(archive))
        let blobs = ContentHash.of([7]).bytes + ContentHash.of([8, 8]).bytes
        #expect(
            digest
                == PackedDigest(
                    head: .of(Array(archive.dropLast(3))), blobs: .of(blobs), bytes: UInt64(archive.count)))
        #expect(
            digest
                == PackedDigest(
                    head: Array(archive.dropLast(3)), contents: [.of([7]), .of([8, 8])],
                    bytes: UInt64(archive.count)))
    }

    @Test(arguments: 0..<5) func whoKnowsTheLayoutNeedsNoArchive(seed: UInt64) throws {
        let sample = try SampleArchive.coverage(leaves: 5, seed: seed)
        let reader = try PMTilesReader(ByteArray(sample.bytes))
        var contents = ContentIndex()
        var placements: [PMTilesLayout.Placement] = []
        for entry in try reader.entries() {
            let number = contents.index(of: try reader.stored(entry))
            for id in entry.id..<entry.id + UInt64(entry.run) { placements.append((id, number)) }
        }
        let head = Array(sample.bytes[..<Int(reader.header.data.offset)])
        #expect(
            PackedDigest(
                head: head, contents: contents.contents.map(ContentHash.of), bytes: UInt64(sample.bytes.count)
            )
                == sample.record.packed)
    }

    @Test func itComesBackFromJSON() throws {
        let digest = PackedDigest(head: .of([1]), blobs: .of([2]), bytes: 1 << 40)
        let text = digest.json.bytes
        #expect(try PackedDigest(JSONReader.read(text)) == digest)
        #expect(digest.json.text.hasPrefix(#"{"blobs":""#))
        for edit in ["bytes", "head", "blobs"] {
            guard case .object(var members) = try JSONReader.read(text) else { continue }
            members[edit] = nil
            #expect(throws: JSONError.self) { try PackedDigest(.object(members)) }
            members[edit] = .integer(-1)
            #expect(throws: JSONError.self) { try PackedDigest(.object(members)) }
        }
        #expect(throws: JSONError.self) { try PackedDigest(.object(["more": .null])) }
    }

    @Test func overlappingContentsAreRefused() {
        let entries = (0..<3).map { PMTilesEntry(id: $0, offset: $0, length: 2, run: 1) }
        let error = refusal { () throws(TileError) in
            _ = try PackedDigest.of(
                archive: ByteArray(SampleArchive.plain(entries, data: [1, 2, 3, 4])))
        }
        #expect(error?.code == .malformed)
    }
}
