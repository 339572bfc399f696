import Canonical
import Geo

/// Verifies PMTiles archives: looks at all there is and writes down everything that is wrong, instead of stopping
/// at the first fault as a reader does.
///
/// It believes no number of the archive. Memory is bounded by the largest tile and 16 bytes for each content,
/// work by the bytes of the file.
public enum ArchiveVerification {
    /// Verifies the archive in `source`.
    ///
    /// - Parameters:
    ///   - readsContents: whether contents are inflated and read as well.
    ///   - record: what the archive should hold, nil where that is not known.
    public static func run(
        _ source: any ByteReader, readsContents: Bool, record: RecordedArchive? = nil
    ) -> ArchiveReport {
        let ledger = FindingLedger()
        var report = ArchiveReport()
        if let packed = record?.packed, packed.bytes != source.size {
            ledger.add(.recordSize, "\(source.size) bytes, recorded are \(packed.bytes)")
        }
        if let header = HeaderCheck(source, ledger).run() {
            var walk = DirectoryWalk(source, header)
            var structure = StructureCheck(header, fileSize: source.size, record: record, ledger)
            walk.run(&structure)
            structure.finish()
            (report.tiles, report.contents) = (structure.tiles, structure.places.places.count)
            let metadata = metadata(source, header, ledger)
            if let packed = record?.packed {
                compare(packed, source, header, structure, readsContents: readsContents, ledger)
            }
            if readsContents {
                let isOurs = record != nil || metadata?.describesCoverage == true
                var contents = ContentsCheck(
                    source, header, structure.places, record: record, isOurs: isOurs, ledger)
                var walk = DirectoryWalk(source, header)
                walk.run(&contents)
                contents.check.finish(metadata, contents.frames, &report, ledger)
            }
            report.notLookedAt = omissions(header, readsContents: readsContents, record)
        }
        report.take(ledger)
        return report
    }

    private static func metadata(
        _ source: any ByteReader, _ header: PMTilesHeader, _ ledger: FindingLedger
    ) -> MetadataCheck? {
        // The finding that names the section's place says enough.
        guard header.metadata.isInside(source.size) else { return nil }
        do throws(TileError) {
            let document = try PMTilesReader.metadata(in: source, header, PMTilesReader.Limits())
            return MetadataCheck(document, needsLayers: header.tileType == .mvt, ledger)
        } catch {
            ledger.add(.metadataUnreadable, byte: error.offset, error.reason)
            return nil
        }
    }

    private static func compare(
        _ packed: PackedDigest, _ source: any ByteReader, _ header: PMTilesHeader,
        _ structure: StructureCheck, readsContents: Bool, _ ledger: FindingLedger
    ) {
        do throws(TileError) {
            if try PackedDigest.head(of: source, until: header.data.offset) != packed.head {
                ledger.add(
                    .recordHead, byte: 0, "the bytes before the tile data have another hash than recorded")
            }
            // What could not be found cannot be compared, and is a finding already.
            guard readsContents, structure.isComplete else { return }
            let blobs = try PackedDigest.blobs(of: source, from: header.data, structure.places.places)
            if blobs != packed.blobs {
                ledger.add(
                    .recordBlobs, byte: header.data.offset,
                    "the contents as stored have another hash than recorded")
            }
        } catch {
            ledger.add(
                error.code == .unreadable ? .fileUnreadable : .recordBlobs, byte: error.offset, error.reason)
        }
    }

    private static func omissions(
        _ header: PMTilesHeader, readsContents: Bool, _ record: RecordedArchive?
    ) -> [String] {
        var omissions: [String] = []
        if !readsContents { omissions.append("what is in the tiles (--contents reads it)") }
        if readsContents, ![.mvt, .png].contains(header.tileType) {
            omissions.append("what is in tiles of type \(header.tileType), beyond their first bytes")
        }
        guard let record else { return omissions }
        if record.packed == nil { omissions.append("the bytes as packed, of which the record has no hash") }
        return omissions
    }
}
