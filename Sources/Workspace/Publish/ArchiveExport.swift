import Canonical
import Geo
import Store
import Tiles

/// Copies tiles into a file of another format, or into a directory.
///
/// What is written is a function of the tiles and of what their source says about them. It gets its name when it is
/// whole and durable.
public struct ArchiveExport {
    /// What tiles are copied into.
    public enum Format: Sendable {
        /// A clustered PMTiles archive in which equal tiles are kept once.
        case pmtiles
        /// An MBTiles file.
        case mbtiles
        /// A directory of files `z/x/y`, vector tiles uncompressed, with a `tilejson.json`.
        case directory
    }

    /// What was written.
    public struct Report: Sendable {
        /// Tiles.
        public var tiles: UInt64 = 0
        /// Bytes of the tiles as they were written, in a PMTiles archive of the whole file.
        public var bytes: UInt64 = 0
    }

    private let source: any TileSource
    private let description: ArchiveDescription

    /// An export of `source`.
    ///
    /// - Throws: ``TileError``.
    public init(_ source: any TileSource) throws {
        self.source = source
        description = try ArchiveDescription(of: source)
    }

    /// Writes `path` in `format`. A file of that name is replaced; a directory must not be there or be empty.
    public func write(_ format: Format, to path: String) throws -> Report {
        switch format {
        case .pmtiles: return try writePMTiles(to: path)
        case .mbtiles: return try writeMBTiles(to: path)
        case .directory: return try writeDirectory(to: path)
        }
    }

    private func writePMTiles(to path: String) throws -> Report {
        let conversion = try PMTilesConversion(of: source, description: description)
        try DurableWrite.file(at: path) { temporary in
            let output = try FileOutput(temporary)
            try output.append(conversion.head)
            try Self.writing { failure throws(TileError) in
                try conversion.forEachContent { (content) throws(TileError) in
                    try failure.keeping { () throws(FileFailure) in try output.append(content) }
                }
            }
        }
        return Report(tiles: conversion.tiles, bytes: conversion.size)
    }

    private func writeMBTiles(to path: String) throws -> Report {
        var report = Report()
        try DurableWrite.file(at: path) { temporary in
            var writer = try MBTilesWriter(path: temporary, description: description)
            try source.forEachExported { (tile, content) throws(TileError) in
                try writer.add(tile, content)
                report.tiles += 1
                report.bytes += UInt64(content.count)
            }
            try writer.finish()
        }
        return report
    }

    private func writeDirectory(to path: String) throws -> Report {
        if DirectoryListing.exists(path), try !DirectoryListing.names(in: path).isEmpty {
            throw WorkspaceError.exportNotEmpty(path)
        }
        var report = Report()
        try DurableWrite.directory(at: path) { directory in
            var zooms: ClosedRange<UInt8>?
            var made: Set<String> = []
            try Self.writing { failure throws(TileError) in
                try source.forEachContent { (tile, content) throws(TileError) in
                    let folder = "\(tile.zoom)/\(tile.column)"
                    try failure.keeping { () throws(FileFailure) in
                        if made.insert(folder).inserted { try directory.makeDirectory(folder) }
                        try directory.write(content, to: "\(folder)/\(tile.row).\(fileExtension)")
                    }
                    zooms = (zooms?.lowerBound ?? tile.zoom)...tile.zoom
                    report.tiles += 1
                    report.bytes += UInt64(content.count)
                }
            }
            let document = TileJSON(
                description, zooms: zooms ?? 0...0, tiles: ["{z}/{x}/{y}.\(fileExtension)"])
            try directory.write(document.bytes, to: GenerationFile.tileJSON)
        }
        return report
    }

    private var fileExtension: String {
        switch source.tileType {
        case .jpeg: "jpg"
        case .other: "bin"
        case .mvt, .png, .webp, .avif, .mlt: "\(source.tileType)"
        }
    }

    /// Runs `body`, which reads tiles and writes files; throws the failure of a file rather than the error of the
    /// walk that it ended.
    private static func writing(_ body: (inout KeptFailure) throws(TileError) -> Void) throws {
        var failure = KeptFailure()
        do throws(TileError) {
            try body(&failure)
        } catch {
            if let kept = failure.failure { throw kept }
            throw error
        }
    }
}

/// Carries the failure of a file through a walk over tiles, which ends by a ``TileError`` only.
private struct KeptFailure {
    private(set) var failure: FileFailure?

    mutating func keeping(_ body: () throws(FileFailure) -> Void) throws(TileError) {
        do throws(FileFailure) {
            try body()
        } catch {
            failure = error
            throw TileError(.unwritable, at: 0, error.description)
        }
    }
}
