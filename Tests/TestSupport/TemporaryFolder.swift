import Foundation
import Glibc

/// A folder of a test's own, gone with its last reference.
package final class TemporaryFolder: Sendable {
    /// Its path, free of links.
    package let path: String

    /// An empty folder.
    package init() throws {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/waggle-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template), let real = realpath(made, nil) else {
            throw SystemFailure("mkdtemp")
        }
        defer { free(real) }
        path = String(cString: real)
    }

    deinit { Files.remove(path) }

    /// Writes `bytes` to the file `name` below the folder, making the folders between.
    @discardableResult
    package func write(_ bytes: [UInt8], to name: String) throws -> String {
        let full = "\(path)/\(name)"
        try Files.write(bytes, to: full)
        return full
    }

    /// Writes `text` to the file `name` below the folder.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }
}

/// A system call that a test needs has failed.
package struct SystemFailure: Error, CustomStringConvertible {
    package let description: String

    /// `call` failed as `errno` says.
    package init(_ call: String) {
        description = "\(call): \(String(cString: strerror(errno)))"
    }
}

/// Files as tests see them.
package enum Files {
    /// All bytes of `path`.
    package static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Writes a plain file, making the folders above it.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Removes `path` with all that is in it.
    package static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The names in `folder`, sorted; empty where there is none.
    package static func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Every file below `folder` with its bytes, and every link with its target.
    package static func tree(_ folder: String, except skipped: Set<String> = []) throws -> [String: [UInt8]] {
        var tree: [String: [UInt8]] = [:]
        func add(_ path: String, _ name: String) throws {
            var status = stat()
            guard lstat(path, &status) == 0 else { throw SystemFailure("lstat \(path)") }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                for entry in names(path) where !skipped.contains(entry) {
                    try add("\(path)/\(entry)", name.isEmpty ? entry : "\(name)/\(entry)")
                }
            case S_IFLNK:
                let target = try FileManager.default.destinationOfSymbolicLink(atPath: path)
                tree[name] = Array("-> \(target)".utf8)
            default: tree[name] = try bytes(path)
            }
        }
        try add(folder, "")
        return tree
    }

    /// Paths below `folder` of which the last part begins with `prefix`.
    package static func paths(_ folder: String, withPrefix prefix: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return all.filter { ($0.split(separator: "/").last ?? "").hasPrefix(prefix) }
    }

    /// Copies the folder `source` with all it holds.
    package static func copy(_ source: String, to target: String) throws {
        let above = String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)])
        try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: source, toPath: target)
    }

    /// Turns one bit of the byte `offset` of `path`.
    package static func flip(_ path: String, at offset: Int) throws {
        var bytes = try bytes(path)
        bytes[offset] ^= 0x01
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
