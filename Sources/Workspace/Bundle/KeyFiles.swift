import Canonical
import Store

/// Ed25519 keys in PEM files, of the kind `openssl genpkey -algorithm ed25519` makes.
public enum KeyFiles {
    /// The private key in the file `path`, which only its owner may be able to read.
    ///
    /// - Throws: ``BundleFailure/badKey(_:_:)`` where it is none, or where others may read it.
    public static func signingKey(_ path: String) throws -> SigningKey {
        let bytes = try secretBytes { try SecretFile.read(path, maxBytes: VerifyingKey.maxFileBytes) }
        do { return try SigningKey(pem: bytes) } catch { throw BundleFailure.badKey(path, error.description) }
    }

    /// What `read` reads of a secret; one that others may read is no key to sign with.
    static func secretBytes(_ read: () throws -> [UInt8]) throws -> [UInt8] {
        do { return try read() } catch let exposed as SecretFile.Exposed {
            throw BundleFailure.badKey(
                exposed.path,
                "others may read this key (mode \(exposed.mode)); run 'chmod 600 \(exposed.path)', and if they may "
                    + "have read it, make a new key")
        }
    }

    /// The public key in the file `path`.
    public static func verifyingKey(_ path: String) throws -> VerifyingKey {
        let bytes = try StoredFile.read(path, maxBytes: VerifyingKey.maxFileBytes)
        do { return try VerifyingKey(pem: bytes) } catch {
            throw BundleFailure.badKey(path, error.description)
        }
    }

    /// Makes a key: the private one in the file `path`, readable by its owner alone, the public one in `path` with
    /// `.pub` behind it. Neither file may be there: a key that is lost cannot be made again.
    public static func make(_ path: String) throws -> VerifyingKey {
        for file in [path, publicPath(path)] where DirectoryListing.exists(file) {
            throw BundleFailure.unsuitable("\(file) is there already; name another file")
        }
        let key = SigningKey()
        let verifyingKey = try key.verifyingKey()
        try DurableWrite.file(Array(key.pem.utf8), at: path, mode: 0o600)
        try DurableWrite.file(Array(verifyingKey.pem.utf8), at: publicPath(path))
        return verifyingKey
    }

    /// Where ``make(_:)`` puts the public key.
    public static func publicPath(_ path: String) -> String { path + ".pub" }
}
