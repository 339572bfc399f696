import Canonical
import Rewards
import Store

/// The files of claims, which are written and compared piece by piece.
enum ClaimFiles {
    /// Writes a file piece by piece to what it is given.
    typealias Writing = (@escaping ([UInt8]) throws(FileFailure) -> Void) throws -> Void

    /// The name of the file of claims by `scheme`.
    static func name(_ scheme: String) -> String { "\(scheme).json" }
    /// The name of the file of the same tree for OpenZeppelin's library.
    static func dumpName(_ scheme: String) -> String { "\(scheme).standard-v1.json" }

    /// The SHA-256 of what `write` writes.
    static func hash(_ write: Writing) throws -> ContentHash {
        let hashing = Hashing()
        try write { piece in hashing.hasher.update(piece) }
        return hashing.hasher.finish()
    }

    /// The SHA-256 of the file `path`.
    static func hash(ofFile path: String) throws -> ContentHash {
        let pieces = try StoredFile.Pieces(path, ofBytes: 1 << 20)
        var hasher = ContentHasher()
        while true {
            let piece = try pieces.next()
            if piece.isEmpty { return hasher.finish() }
            hasher.update(piece)
        }
    }

    /// Whether the file `path` has sound claims of the same epoch in another token than `claims`.
    static func isOfOtherToken(_ path: String, than claims: ClaimSet) -> Bool {
        guard let bytes = try? StoredFile.read(path, maxBytes: ClaimFile.maxBytes),
            let found = try? ClaimFile.read(bytes)
        else { return false }
        return found.epoch == claims.epoch
            && (found.scale != claims.scale || found.scheme.parameters != claims.scheme.parameters)
    }

    private final class Hashing {
        var hasher = ContentHasher()
    }
}
