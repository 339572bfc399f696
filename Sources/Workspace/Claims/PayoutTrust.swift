import Canonical
import Rewards
import Store

/// By what a list of payout keys is held to be the operator's.
public enum PayoutTrust: Sendable {
    /// By nothing: it must be sound in itself.
    case anybody
    /// By the key it rests on, which the operator tells elsewhere.
    case root(VerifyingKey)
    /// By how far the workspace has seen it go.
    case head(PayoutHeadFile)
}

/// `payout-keys.head`: how far the list of payout keys went when this workspace changed it last. It does not lie in
/// `published`, so that who can write there can neither cut the list short nor replace it.
public struct PayoutHeadFile: Sendable {
    /// The file.
    let path: String

    /// The head; nil where the workspace has named no keys.
    func read() throws -> PayoutListHead? {
        guard DirectoryListing.exists(path) else { return nil }
        let bytes = try StoredFile.read(path, maxBytes: PayoutListHead.maxBytes)
        do throws(JSONError) { return try PayoutListHead(json: bytes) } catch {
            throw WorkspaceError.publishedDamage("\(path): \(error)")
        }
    }

    /// Stores `head`.
    func write(_ head: PayoutListHead) throws {
        try DurableWrite.file(head.canonicalJSON.bytes, at: path)
    }
}
