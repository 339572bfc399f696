import Foundation
import TestSupport
import Testing
import Tiles

@testable import Store

@Suite struct DurableOutputTests {
    private let folder: TemporaryFolder
    private struct Stopped: Error {}

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func aFileOfSomebodyElseGetsItsNameWhenItIsWhole() throws {
        let path = "\(folder.path)/file"
        for bytes in [[1, 2, 3], []] as [[UInt8]] {
            try DurableWrite.file(at: path) { temporary in
                #expect(Files.names(temporary).isEmpty && temporary != path)
                let output = try FileOutput(temporary)
                for byte in bytes { try output.append([byte]) }
            }
            #expect(try Files.bytes(path) == bytes)
        }
        #expect(Files.names(folder.path) == ["file"])
    }

    @Test func whatIsStoppedLeavesTheOldFile() throws {
        let path = try folder.write("old", to: "file")
        #expect(throws: Stopped.self) {
            try DurableWrite.file(at: path) { temporary in
                try FileOutput(temporary).append([1])
                throw Stopped()
            }
        }
        #expect(throws: FileFailure.self) { try DurableWrite.file(at: path) { _ in } }
        #expect(try Files.tree(folder.path) == ["file": Array("old".utf8)])
    }

    /// A run was killed before: what it left under the temporary name is no hindrance.
    @Test func leftoversAreReplaced() throws {
        let path = "\(folder.path)/file"
        try folder.write("half", to: "\(DurableWrite.temporaryPrefix)file")
        try DurableWrite.file(at: path) { try FileOutput($0).append([1]) }
        try folder.write("half", to: "\(DurableWrite.temporaryPrefix)tree/9/9")
        try DurableWrite.directory(at: "\(folder.path)/tree") { try $0.write([2], to: "a") }
        #expect(try Files.tree(folder.path) == ["file": [1], "tree/a": [2]])
    }

    @Test func aDirectoryAppearsWithAllItsFilesOrNotAtAll() throws {
        let path = "\(folder.path)/tiles"
        func fill(_ directory: DirectoryOutput) throws {
            try directory.makeDirectory("1/2")
            try directory.makeDirectory("1/3")
            try directory.write([1], to: "1/2/3.mvt")
            try directory.write([], to: "tilejson.json")
        }
        #expect(throws: Stopped.self) {
            try DurableWrite.directory(at: path) { directory in
                try fill(directory)
                throw Stopped()
            }
        }
        #expect(Files.names(folder.path) == [])
        // An empty directory of that name may be there.
        try DurableWrite.directory(path)
        try DurableWrite.directory(at: path) { try fill($0) }
        let tree = try Files.tree(folder.path)
        #expect(tree == ["tiles/1/2/3.mvt": [1], "tiles/tilejson.json": []])
        #expect(throws: FileFailure.self) { try DurableWrite.directory(at: path) { try fill($0) } }
        #expect(try Files.tree(folder.path) == tree)
    }

    @Test func archivesAreToldApartByTheirContents() throws {
        let empty = try PMTilesWriter.archive(
            tiles: [],
            description: ArchiveDescription(
                tileType: .png, bounds: .world, metadata: ArchiveMetadata(name: "empty")))
        let path = try folder.write(empty, to: "no-name")
        #expect(try TileArchive.open(path) is PMTilesReader)
        let writer = try MBTilesWriter(
            path: "\(folder.path)/other.pmtiles",
            description: ArchiveDescription(
                tileType: .png, bounds: .world, metadata: ArchiveMetadata(name: "empty")))
        try writer.finish()
        #expect(try TileArchive.open("\(folder.path)/other.pmtiles") is MBTilesReader)
        for (name, bytes) in [
            ("text", Array("hello".utf8)), ("nothing", []), ("short", Array("PMTile".utf8)),
        ] {
            let path = try folder.write(bytes, to: name)
            #expect(throws: TileError.self) { try TileArchive.open(path) }
        }
        #expect(throws: FileFailure.self) { try TileArchive.open(folder.path) }
        #expect(throws: FileFailure.self) { try TileArchive.open("/dev/null") }
    }
}
