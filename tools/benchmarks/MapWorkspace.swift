import Canonical
import GRDB
import Store

/// What a made map is made of. Its name says all of it, so that a workspace can be used again.
struct MadeMap {
    /// What decides streets and drives.
    let seed: UInt64
    /// Cities, far from each other.
    let metros: Int
    /// Frames of every city.
    let frames: Int

    /// A drive has about 1,267 frames, 10 km.
    var drives: Int { max(1, frames / 1267) }
    /// The name of its workspace.
    var name: String { "tiles-\(metros)x\(frames)-\(seed)" }
}

/// A workspace with a made map, for a benchmark to build.
struct MapWorkspace {
    /// The workspace, a copy that may be changed.
    let path: String
    private let source: String
    private let map: MadeMap
    private let program: String

    /// To be changed with what makes drives, and with what the catalog makes of them where its tables stay: workspaces
    /// made before are not used again.
    private static let version = 1

    /// A copy of the workspace of `map`, which is made first where `directory` does not have it.
    init(copyOf map: MadeMap, in directory: String, program: String) throws {
        self.map = map
        self.program = program
        path = "\(directory)/measured-\(map.name)"
        source = try Self.made(map, in: directory, program)
        try remove()
        _ = try Cost.of(program: "/bin/cp", ["-r", "--reflink=auto", source, path])
    }

    /// Takes the copy away.
    func remove() throws {
        if DirectoryListing.exists(path) { try DirectoryListing.removeTree(path) }
    }

    /// Takes away what it is a copy of.
    func removeSource() throws {
        try DirectoryListing.removeTree(source)
    }

    /// The cost of a build.
    func build(_ arguments: String...) throws -> Cost {
        try Cost.of(program: program, ["build", "--quiet", "--workspace", path] + arguments)
    }

    /// The cost of comparing what has not been compared, by an ingest of nothing.
    func compare() throws -> Cost {
        try Cost.of(program: program, ["ingest", "--quiet", "--workspace", path])
    }

    /// Bytes of the files that stored pictures are indexed in.
    func pictureBytes() throws -> Int {
        let folder = "\(path)/pictures"
        guard DirectoryListing.exists(folder) else { return 0 }
        return try DirectoryListing.names(in: folder).reduce(0) {
            $0 + Int(try ArchiveFile("\(folder)/\($1)").size)
        }
    }

    /// The cost of reading the frames and nothing else.
    func scan() throws -> Cost {
        try Cost.of(program: "/proc/self/exe", ["scan", "--workspace", path])
    }

    /// Adds upload `number` of `frames` frames in nine drives, which no map has from the start.
    func addUpload(number: Int, frames: Int, isCompared: Bool = true) throws {
        try Self.fill(
            path, MadeMap(seed: map.seed, metros: 1, frames: frames), drives: 9,
            ["--first", String(1_000_000 + 9 * number), "--together"]
                + (isCompared ? [] : ["--uncompared"]))
    }

    private static func made(_ map: MadeMap, in directory: String, _ program: String) throws -> String {
        try DurableWrite.directory(directory)
        let making = "\(directory)/\(map.name).making"
        if DirectoryListing.exists(making) { try DirectoryListing.removeTree(making) }
        _ = try Cost.of(program: program, ["init", "--workspace", making])
        let path = "\(directory)/\(map.name)-\(try fingerprint(making))"
        if DirectoryListing.exists(path) {
            try DirectoryListing.removeTree(making)
            return path
        }
        // Those with the tables of another version are of no use any more, and large.
        for name in try DirectoryListing.names(in: directory) where name.hasPrefix("\(map.name)-") {
            try DirectoryListing.removeTree("\(directory)/\(name)")
        }
        print("making \(path) ...")
        try fill(making, map, drives: map.drives, [])
        try DurableWrite.rename(directory: making, to: path)
        return path
    }

    /// Eight digits of a hash of the tables that a new workspace has.
    private static func fingerprint(_ workspace: String) throws -> String {
        let tables = try DatabaseQueue(path: "\(workspace)/catalog.sqlite").read {
            try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        }
        return String(ContentHash.of("\(version)\n" + tables.joined(separator: "\n")).hex.prefix(8))
    }

    private static func fill(_ path: String, _ map: MadeMap, drives: Int, _ arguments: [String]) throws {
        _ = try Cost.of(
            program: "/proc/self/exe",
            [
                "fill", "--workspace", path, "--seed", String(map.seed), "--metros", String(map.metros),
                "--frames", String(map.frames), "--drives", String(drives),
            ] + arguments)
    }
}
