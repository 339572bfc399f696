import Canonical
import DriveFormats
import Store

/// With what a bundle is to be signed.
public struct BundleSigning: Sendable {
    /// The bundle that the same key signed before.
    public enum Previous: Sendable, Equatable {
        /// The bundle, or its `upload.json`, at this path.
        case bundle(String)
        /// The statement with this hash.
        case hash(ContentHash)
    }

    private let key: SigningKey
    private let device: String?
    private let sequence: Int64?
    private let previous: Previous?

    /// A signature by `key` for `device`, by default the one the bundle names; with the number `sequence`, by default the
    /// one that follows that of `previous`.
    public init(key: SigningKey, device: String?, sequence: Int64?, previous: Previous?) {
        self.key = key
        self.device = device
        self.sequence = sequence
        self.previous = previous
    }

    /// `statement` with its signer, as text, and the signature.
    func sign(
        _ statement: BundleStatement
    ) throws -> (signed: BundleStatement, text: [UInt8], signature: [UInt8]) {
        guard let device = device ?? statement.onlyDevice else {
            throw BundleFailure.unsuitable(
                "the bundle does not name one device: name it with --device, as it is registered")
        }
        let verifyingKey = try key.verifyingKey()
        let (number, hash) = try place(of: verifyingKey)
        guard
            let signer = BundleStatement.Signer(
                device: device, key: verifyingKey, sequence: number, previous: hash)
        else {
            throw BundleFailure.unsuitable(
                "device '\(device)', sequence \(number), \(hash == nil ? "no previous" : "a previous") bundle: a device "
                    + "has 1 to 128 printable bytes; number 1 has no previous bundle, every other number has one"
            )
        }
        guard let signed = statement.signed(by: signer) else {
            throw BundleFailure.unsuitable(
                "a drive of the bundle was recorded by another device than '\(device)'")
        }
        let text = signed.canonicalJSON.bytes
        return (signed, text, try BundleSignature.make(text, key: key))
    }

    /// Number and predecessor.
    private func place(of key: VerifyingKey) throws -> (Int64, ContentHash?) {
        switch previous {
        case nil: return (sequence ?? 1, nil)
        case .hash(let hash):
            guard let sequence else {
                throw BundleFailure.unsuitable(
                    "a hash does not tell its number: give --sequence, or name the previous bundle itself")
            }
            return (sequence, hash)
        case .bundle(let path):
            let file = DirectoryListing.isDirectory(path) ? "\(path)/\(BundleStatement.fileName)" : path
            let text = try StoredFile.read(file, maxBytes: BundleStatement.maxBytes)
            let statement: BundleStatement
            do { statement = try BundleStatement(json: text) } catch {
                throw BundleFailure.unsuitable("\(file): \(error)")
            }
            guard let signer = statement.signer, signer.key == key else {
                throw BundleFailure.unsuitable("\(file) was not signed by this key, so it cannot come before")
            }
            return (sequence ?? signer.sequence + 1, .of(text))
        }
    }
}
