import Canonical
import Geo
import Store
import Tiles

/// Reads every tile of a generation and holds it against the record.
struct GenerationCheck {
    private let generation: PublishedGeneration
    /// Tiles read so far.
    private(set) var tiles = 0

    init(_ generation: PublishedGeneration) {
        self.generation = generation
    }

    mutating func run() throws -> [CheckFinding] {
        var findings: [CheckFinding] = []
        for archive in generation.record.content.archives {
            let path = "\(generation.path)/\(archive.name)"
            guard let reader = generation.reader(of: archive.name) else {
                findings.append(
                    CheckFinding(code: "archive.missing", place: path, detail: "the record names it"))
                continue
            }
            do throws(TileError) {
                findings += try compare(archive, reader, path)
            } catch {
                findings.append(
                    CheckFinding(
                        code: "archive.\(error.code.rawValue)", place: path, detail: error.description))
            }
        }
        return findings
    }

    /// Makes all files of the generation again from the sums in `catalog`, and names those that have other bytes:
    /// what no hash in the record covers, as headers, directories and pictures, is held against this.
    func redrawn(from catalog: Catalog, framesBeyondEdge: Int) throws -> [CheckFinding] {
        // Another compressor compresses to other bytes.
        guard generation.record.compressor == .current else { return [] }
        var build = GenerationBuild(base: nil, dirty: [], zooms: generation.record.content.zooms)
        try catalog.forEachSummary { try build.add($0, $1) }
        return try build.finish(framesBeyondEdge: framesBeyondEdge).files.compactMap { name, bytes in
            let path = "\(generation.path)/\(name)"
            let stored: [UInt8]
            do throws(FileFailure) {
                stored = try StoredFile.read(path, maxBytes: bytes.count)
            } catch {
                return CheckFinding(code: "generation.unreadable", place: path, detail: error.description)
            }
            if stored == bytes { return nil }
            return CheckFinding(
                code: "generation.differs", place: path,
                detail: "its bytes are not those that the accepted frames give")
        }
    }

    private mutating func compare(
        _ archive: GenerationRecord.Archive, _ reader: PMTilesReader, _ path: String
    ) throws(TileError) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        let isVector = reader.header.tileType == .mvt
        for entry in archive.tiles {
            tiles += 1
            let place = "\(path) \(entry.tile)"
            guard let content = try reader.tile(at: entry.tile) else {
                findings.append(
                    CheckFinding(code: "tile.missing", place: place, detail: "the record names it"))
                continue
            }
            // A picture's hash is that of its bands; they are compared when the vector tile is drawn again.
            guard isVector else { continue }
            if ContentHash.of(content) != entry.contentHash {
                findings.append(
                    CheckFinding(code: "tile.damaged", place: place, detail: "another hash than recorded"))
            }
        }
        guard isVector else { return findings }
        let zooms = try TileStatistics(of: reader).zooms
        let frames = Dictionary(zooms.map { ($0.z, $0.n ?? 0) }, uniquingKeysWith: +)
        for (zoom, recorded) in zip(generation.record.content.zooms, generation.record.content.frames)
        where frames[zoom, default: 0] != recorded {
            findings.append(
                CheckFinding(
                    code: "tiles.count", place: "\(path) zoom \(zoom)",
                    detail: "\(frames[zoom, default: 0]) frames in the tiles, \(recorded) recorded"))
        }
        return findings
    }
}
