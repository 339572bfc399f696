import Canonical
import Glibc
import Store

/// An archive of tiles that a build has published.
struct PublishedArchive {
    /// Its file's name.
    let name: String
    /// Bytes of the file.
    let bytes: Int
    /// Bytes of its largest tile as stored.
    let largest: Int

    /// The archives published by the workspace `path`, as `waggle tile stats` sees them.
    static func all(in path: String, program: String) throws -> [PublishedArchive] {
        let current = "\(path)/published/current"
        let names = try DirectoryListing.names(in: current + "/").filter {
            $0.hasSuffix(".pmtiles") || $0.hasSuffix(".mbtiles")
        }
        return try names.map { name in
            let file = "\(current)/\(name)"
            var status = stat()
            guard stat(file, &status) == 0 else { throw BenchmarkError("cannot read \(file)") }
            return PublishedArchive(
                name: name, bytes: Int(status.st_size),
                largest: try largestTile(of: file, answer: "\(path).json", program))
        }
    }

    /// The id of the generation in use in the workspace `path`: it is made from the contents.
    static func generation(in path: String) throws -> String {
        guard let target = StoredFile.target(ofLink: "\(path)/published/current") else {
            throw BenchmarkError("\(path) has published nothing")
        }
        return target
    }

    private static func largestTile(of file: String, answer: String, _ program: String) throws -> Int {
        _ = try Cost.of(program: program, ["tile", "stats", "--json", "--archive", file], output: answer)
        defer { unlink(answer) }
        let sizes = try StoredFile.read(answer, maxBytes: 1 << 24).split(separator: 0x0A).compactMap { line in
            var record = try JSONObjectReader(try JSONReader.read(Array(line)))
            return switch record.optional("largest_bytes") {
            case .integer(let bytes): Int(bytes)
            default: nil as Int?
            }
        }
        guard let largest = sizes.max() else { throw BenchmarkError("no largest_bytes in 'tile stats'") }
        return largest
    }
}
