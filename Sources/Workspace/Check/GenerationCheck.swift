import Canonical
import Geo
import Store
import Tiles

/// Holds the files of the generation in use against its record, and the record against the catalog.
struct GenerationCheck {
    private let generation: PublishedGeneration
    private let catalog: Catalog
    private(set) var findings: [CheckFinding] = []
    /// Tiles the record names.
    private(set) var tiles = 0

    init(_ generation: PublishedGeneration, _ catalog: Catalog) {
        self.generation = generation
        self.catalog = catalog
    }

    private mutating func find(_ code: String, _ place: String, _ detail: String) {
        findings.append(CheckFinding(code: code, place: place, detail: detail))
    }

    /// Checks the generation; what the catalog says counts only where nothing waits to be built.
    mutating func run(isUpToDate: Bool) throws {
        let record: GenerationRecord
        do {
            record = try generation.record()
        } catch WorkspaceError.publishedDamage(let what) {
            return find("generation.damaged", generation.path, what)
        } catch let failure as FileFailure {
            return find("generation.unreadable", failure.path, failure.description)
        }
        if generation.name != record.id {
            find("generation.name", generation.path, "its record gives the id \(record.id)")
        }
        for archive in record.content.archives {
            tiles += archive.tiles.count
            compare(archive.name, with: record.packed[archive.name])
        }
        for file in record.content.cells {
            compare("\(GenerationFile.cells)/\(file.name).jsonl", bytes: file.bytes, hash: file.contentHash)
        }
        if isUpToDate { try compareWithCatalog(record) }
    }

    /// Every byte of an archive counts, those that no reader looks at included.
    private mutating func compare(_ name: String, with digest: PackedDigest?) {
        let path = "\(generation.path)/\(name)"
        do {
            let found = try PackedDigest.of(archive: try ArchiveFile(path))
            if digest == nil {
                find("archive.unrecorded", path, "the record has no hash of it")
            } else if found != digest {
                find(
                    "archive.damaged", path,
                    "its bytes are not those that \(generation.path)/\(GenerationFile.record) has recorded, or the record is "
                        + "damaged; 'waggle tile verify' says where")
            }
        } catch let error as TileError {
            find("archive.\(error.code.rawValue)", path, error.description)
        } catch {
            find("archive.missing", path, "\(error)")
        }
    }

    private mutating func compare(_ name: String, bytes: UInt64, hash: ContentHash) {
        let path = "\(generation.path)/\(name)"
        do throws(FileFailure) {
            let text = try StoredFile.read(path, maxBytes: Int(clamping: bytes))
            if ContentHash.of(text) != hash {
                find("file.damaged", path, "its bytes are not those it should have")
            }
        } catch {
            find("file.missing", path, error.description)
        }
    }

    private mutating func compareWithCatalog(_ record: GenerationRecord) throws {
        for archive in record.content.archives {
            let known = try catalog.contents(of: archive.name).map {
                GenerationRecord.Tile(tile: $0.tile, contentHash: $0.hash, bytes: $0.bytes)
            }
            if known != archive.tiles {
                find(
                    "generation.differs", "\(generation.path)/\(archive.name)",
                    "the catalog knows other tiles")
            }
        }
        if String(decoding: record.compressor.json.bytes, as: UTF8.self)
            != (try catalog.generations().last?.compressor)
        {
            find(
                "generation.differs", "\(generation.path)/\(GenerationFile.record)",
                "the catalog remembers another compressor")
        }
        let tileJSON = GenerationBuild.tileJSON(try GenerationBuild.bounds(catalog)).bytes
        compare(GenerationFile.tileJSON, bytes: UInt64(tileJSON.count), hash: .of(tileJSON))
        let accepted = try catalog.acceptedFrames()
        for (zoom, frames) in zip(record.content.zooms, record.content.frames)
        where frames != UInt64(accepted.onMap) {
            find(
                "tiles.conservation", "zoom \(zoom)",
                "\(frames) frames in the tiles, \(accepted.onMap) accepted")
        }
        if record.content.framesBeyondEdge != UInt64(accepted.beyondMap) {
            find("tiles.conservation", "beyond the edge", "\(accepted.beyondMap) frames, recorded are others")
        }
    }
}
