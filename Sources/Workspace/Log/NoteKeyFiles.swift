import Canonical
import Rewards
import Store

/// Files with the keys that sign the log: a line with the name, and behind it the private key as PEM, as
/// ``KeyFiles`` has it for devices. OpenSSL reads them too, because what stands before a PEM text is no part of it.
public enum NoteKeyFiles {
    private static let nameStart = "Name: "
    private static let maxBytes = VerifyingKey.maxFileBytes

    /// Where a private key comes from.
    public enum Source: Sendable {
        /// A file that only its owner may read.
        case file(String)
        /// An open descriptor, to keep the key out of the file system.
        case descriptor(Int32)

        /// The source in words.
        var name: String {
            switch self {
            case .file(let path): path
            case .descriptor(let number): "descriptor \(number)"
            }
        }
    }

    /// The key of `source`.
    ///
    /// - Throws: ``BundleFailure/badKey(_:_:)`` where it is none, or where others may read the file.
    public static func signer(_ source: Source) throws -> NoteSigner {
        let bytes = try KeyFiles.secretBytes {
            switch source {
            case .file(let path): try SecretFile.read(path, maxBytes: maxBytes)
            case .descriptor(let number): try SecretFile.read(descriptor: number, maxBytes: maxBytes)
            }
        }
        guard bytes.starts(with: nameStart.utf8), let end = bytes.firstIndex(of: 0x0A),
            let name = String(validating: bytes[..<end].dropFirst(nameStart.utf8.count), as: UTF8.self)
        else {
            throw BundleFailure.badKey(
                source.name, "no key of a log: it does not begin with a line 'Name: ...'")
        }
        do {
            return try NoteSigner(name: name, key: try SigningKey(pem: Array(bytes[(end + 1)...])))
        } catch let error as KeyError {
            throw BundleFailure.badKey(source.name, error.description)
        } catch let error as LogError { throw BundleFailure.badKey(source.name, error.reason) }
    }

    /// Makes a key with `name` in the file `path`, which must not be there: a key that is lost cannot be made again.
    public static func make(_ path: String, name: String) throws -> NoteSigner {
        if DirectoryListing.exists(path) {
            throw BundleFailure.unsuitable("\(path) is there already; name another file")
        }
        let key = SigningKey()
        let signer: NoteSigner
        do throws(LogError) {
            signer = try NoteSigner(name: name, key: key)
            _ = try Checkpoint(origin: name, size: 0, root: .of([]))
        } catch { throw BundleFailure.unsuitable("'\(name)' is no name for a key: \(error.reason)") }
        try DurableWrite.file(Array("\(nameStart)\(name)\n\(key.pem)".utf8), at: path, mode: 0o600)
        return signer
    }
}
