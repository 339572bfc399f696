import Glibc

/// Makes what lies in one upload. Paths are bytes below a folder that holds `upload` and, beside it, `outside`.
public struct PathMaker: Sendable {
    /// The folder.
    public let folder: String
    /// The one upload.
    public var upload: String { "\(folder)/upload" }
    /// What no upload may show.
    public static let secret = "SECRET"

    /// Makes the two directories in `folder`, and a good file in either.
    public init(folder: String) {
        self.folder = folder
        mkdir("\(folder)/upload", 0o700)
        mkdir("\(folder)/outside", 0o700)
        _ = write(utf8("outside/x.jpg"), utf8(Self.secret))
        _ = write(utf8("upload/a.jpg"), utf8("inside"))
    }

    private func with<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        let full = (Array(folder.utf8) + [0x2F] + path + [0]).map { CChar(bitPattern: $0) }
        return full.withUnsafeBufferPointer { buffer in
            // There is at least the final 0.
            buffer.baseAddress.map(body) ?? "".withCString(body)
        }
    }

    /// Writes a file, making the folders above it.
    func write(_ path: [UInt8], _ bytes: [UInt8]) -> Bool {
        for (index, byte) in path.enumerated() where byte == 0x2F {
            _ = with(Array(path[..<index])) { mkdir($0, 0o700) }
        }
        let descriptor = with(path) { open($0, O_CREAT | O_WRONLY | O_TRUNC | O_NOFOLLOW, 0o600) }
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    }

    func folder(_ path: String) -> Bool { with(utf8(path)) { mkdir($0, 0o700) } == 0 }
    func link(_ path: String, to target: String) -> Bool { with(utf8(path)) { symlink(target, $0) } == 0 }
    func fifo(_ path: String) -> Bool { with(utf8(path)) { mkfifo($0, 0o600) } == 0 }
    func device(_ path: String, _ kind: mode_t, _ number: UInt64) -> Bool {
        with(utf8(path)) { mknod($0, kind | 0o600, dev_t(number)) } == 0
    }
    func size(_ path: String, _ size: Int) -> Bool { with(utf8(path)) { truncate($0, off_t(size)) } == 0 }
    func remove(_ path: String) { _ = with(utf8(path)) { unlink($0) } }
    func mode(_ path: String, _ mode: mode_t) -> Bool { with(utf8(path)) { chmod($0, mode) } == 0 }
    func move(_ path: String, to target: String) {
        _ = with(utf8(path)) { from in with(utf8(target)) { rename(from, $0) } }
    }
    func hardLink(_ path: String, to target: String) -> Bool {
        with(utf8(target)) { from in with(utf8(path)) { Glibc.link(from, $0) } } == 0
    }

    /// A socket: bound by its name from inside, since a whole path has room for 107 bytes only.
    func socket(_ path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array("\(folder)/\(path)".utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        } == 0
    }
}
