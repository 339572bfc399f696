import Foundation
import TestSupport
import Testing

/// `waggle tile` through the real program, on a map and on copies of it in other formats.
@Suite struct TileCommandTests {
    private let hive: Hive
    private var published: String { "\(hive.path)/published/current" }

    init() throws {
        hive = try Hive()
        try hive.deliverSamples(["cleo/2026-03-11-sidecars"])
        try hive.run(expecting: 0)
    }

    private func tile(
        _ arguments: String..., archive: String? = nil, expecting status: Int32 = 0,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Program.Result {
        let source = archive.map { ["--archive", $0] } ?? ["--workspace", hive.path]
        return try Program.run(
            ["tile"] + arguments + source, expecting: status, location)
    }

    @Test func everyCommandSpeaksJSONAboutEveryArchive() throws {
        let copy = "\(hive.folder.path)/copy.mbtiles"
        #expect(try tile("export", copy, "--json").summary()["format"] as? String == "mbtiles")
        let archives = [nil, "\(published)/raster.pmtiles", copy]
        for archive in archives {
            for command in [
                ["show"], ["stats"], ["top"], ["top", "-n", "1", "--zoom", "14"], ["ls"],
                ["ls", "--no-hash"],
                ["at", "48.2185,11.0447"], ["at", "u0xf73ft"], ["decode", "0/0/0", "--hash"],
            ] {
                let result = try Program.run(
                    ["tile"] + command + ["--json"]
                        + (archive.map { ["--archive", $0] } ?? ["--workspace", hive.path]),
                    expecting: 0)
                #expect(!result.summary().isEmpty, "\(command)")
                #expect(result.errors.isEmpty, "\(command): \(result.errors)")
            }
        }
    }

    @Test func copiesHoldTheSameTiles() throws {
        let folder = hive.folder.path
        for name in ["a.mbtiles", "b.mbtiles", "a.pmtiles", "tree"] {
            _ = try tile("export", "\(folder)/\(name)")
        }
        #expect(try Files.bytes("\(folder)/a.mbtiles") == Files.bytes("\(folder)/b.mbtiles"))
        #expect(try Files.bytes("\(folder)/a.pmtiles") == Files.bytes("\(published)/coverage.pmtiles"))
        _ = try tile("export", "\(folder)/back.pmtiles", archive: "\(folder)/a.mbtiles")
        #expect(try Files.bytes("\(folder)/back.pmtiles") == Files.bytes("\(published)/coverage.pmtiles"))
        func listed(_ archive: String) throws -> [String] {
            try tile("ls", "--json", archive: archive).records().compactMap { record in
                (record["tile"] as? String).map { "\($0) \(record["sha256"] ?? "")" }
            }
        }
        let tiles = try listed("\(published)/coverage.pmtiles")
        #expect(!tiles.isEmpty)
        #expect(try listed("\(folder)/a.mbtiles") == tiles)
        #expect(
            Files.paths("\(folder)/tree", withPrefix: "").filter { $0.hasSuffix(".mvt") }.count == tiles.count
        )
        for line in tiles.suffix(2) {
            let parts = line.split(separator: " ").map { String($0) }
            #expect(try tile("decode", parts[0], "--hash").output == parts[1] + "\n")
            _ = try Program.run(
                ["tile", "decode", parts[0], "--raw", "--archive", "\(folder)/a.mbtiles"], expecting: 0)
            #expect(try Files.bytes("\(folder)/tree/\(parts[0]).mvt").count > 50)
        }
        let document = try JSONSerialization.jsonObject(
            with: Data(try Files.bytes("\(folder)/tree/tilejson.json")))
        #expect((document as? [String: Any])?["tiles"] as? [String] == ["{z}/{x}/{y}.mvt"])
    }

    @Test func decodeGivesTheLayersAskedFor() throws {
        let all = try tile("decode", "0", "0", "0")
        #expect(try tile("decode", "0/0/0", "--layer", "coverage").output == all.output)
        let features = try JSONSerialization.jsonObject(with: Data(all.output.utf8)) as? [String: Any]
        #expect((features?["features"] as? [Any])?.count == 1)
        #expect(
            try tile("decode", "0/0/0", "--layer", "roads", expecting: 1).errors.contains("it has coverage"))
        #expect(try tile("decode", "3/0/0", expecting: 1).output.isEmpty)
        for wrong in ["3/8/0", "3/0", "a/b/c", "27/0/0", "03/0/0"] {
            _ = try tile("decode", wrong, expecting: 64)
        }
        _ = try tile("decode", "0/0/0", "--raw", "--hash", expecting: 64)
        let raster = "\(published)/raster.pmtiles"
        #expect(
            try tile("decode", "0/0/0", archive: raster, expecting: 64).errors.contains("tile render 0/0/0"))
    }

    @Test func whatCannotBeReadOrWrittenIsSaid() throws {
        let folder = hive.folder.path
        let text = try hive.folder.write("hello", to: "text")
        #expect(try tile("show", archive: text, expecting: 1).errors.contains("neither a PMTiles archive"))
        _ = try tile("show", archive: folder, expecting: 64)
        _ = try tile("show", archive: "\(folder)/nothing", expecting: 1)
        _ = try tile("export", "\(folder)/map.zip", expecting: 64)
        let full = try hive.folder.write("x", to: "full/x")
        #expect(try tile("export", "\(folder)/full", expecting: 1).errors.contains("not empty"))
        #expect(try Files.bytes(full) == [UInt8(ascii: "x")])
        _ = try tile("export", "\(folder)/none/map.mbtiles", expecting: 1)
        _ = try tile("export", "\(folder)/none/map.pmtiles", expecting: 1)
        #expect(Files.paths(folder, withPrefix: ".waggle-tmp").isEmpty)
        for arguments in [
            ["top", "-n", "0"], ["top", "--zoom", "40"], ["ls", "--bbox", "1,2,3"], ["at", "nowhere"],
        ] {
            try Program.run(["tile"] + arguments + ["--workspace", hive.path], expecting: 64)
        }
    }
}
