import Canonical
import Glibc
import Rewards
import Store

/// What a witness has seen of a log, kept in one file: the checkpoint it cosigned last.
public struct WitnessState {
    private let path: String

    /// The state in the file `path`, which the first cosignature makes.
    public init(_ path: String) {
        self.path = path
    }

    /// The checkpoint cosigned last; nil where there is none.
    public func last() throws -> Checkpoint? {
        let bytes: [UInt8]
        do throws(FileFailure) { bytes = try StoredFile.read(path, maxBytes: SignedNote.maxBytes) } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
        return try Checkpoint(text: try SignedNote(parsing: bytes).text)
    }

    /// Cosigns the checkpoint in the file `checkpoint`, beside which the log's tiles lie, at `time`, in seconds since
    /// 1970. The state is durable before the cosignature is given out.
    ///
    /// - Throws: ``LogError`` where the log has not only grown, or is not signed by one of `keys`.
    public func cosign(
        _ checkpoint: String, of keys: [NoteKey], as signer: NoteSigner, at time: UInt64
    ) throws -> SignedNote {
        let lock = try WorkspaceLock(path + ".lock")
        return try withExtendedLifetime(lock) {
            let note = try SignedNote(parsing: try StoredFile.read(checkpoint, maxBytes: SignedNote.maxBytes))
            let size = try Checkpoint(text: note.text).size
            let last = try last()
            var proof: [ContentHash] = []
            // The tiles are the log's, and believed no more than the log is: the proof made of them is verified.
            if let last, last.size <= size {
                let directory = checkpoint.lastIndex(of: "/").map { String(checkpoint[..<$0]) } ?? "."
                let log = LogDirectory(directory)
                proof = try TiledTree(size: size) { try log.bytes(of: $0) }.consistencyProof(
                    from: last.size, to: size)
            }
            let cosigned = try Witness(signer, of: keys).cosign(note, after: last, proof: proof, at: time)
            try DurableWrite.file(cosigned.bytes, at: path)
            return cosigned
        }
    }
}
