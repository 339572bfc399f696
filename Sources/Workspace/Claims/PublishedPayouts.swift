import Canonical
import Rewards
import Store

/// What the directory `published` says of who is paid how much and where. Needs nothing else of a workspace.
public struct PublishedPayouts: Sendable {
    /// The directory.
    public let root: String

    /// The payouts below `root`.
    public init(_ root: String) { self.root = root }

    /// Signed records of addresses, by their ids.
    public var bindings: String { "\(root)/bindings" }
    /// The keys whose bindings count.
    public var payoutKeys: String { "\(root)/payout-keys.json" }
    /// Claims by epoch.
    public var claims: String { "\(root)/claims" }

    /// The keys whose bindings count; none where nobody has named any.
    public func keys() throws -> PayoutKeyList {
        guard DirectoryListing.exists(payoutKeys) else { return PayoutKeyList() }
        let bytes = try StoredFile.read(payoutKeys, maxBytes: PayoutKeyList.maxBytes)
        do throws(JSONError) { return try PayoutKeyList(json: bytes) } catch {
            throw WorkspaceError.publishedDamage("\(payoutKeys): \(error)")
        }
    }

    /// All records of addresses by their ids, whether they count or not.
    public func allBindings() throws -> [PayoutBinding] {
        guard DirectoryListing.exists(bindings) else { return [] }
        return try DirectoryListing.names(in: bindings).filter { !$0.hasPrefix(".") }.map { name in
            let path = "\(bindings)/\(name)"
            let bytes = try StoredFile.read(path, maxBytes: PayoutBinding.maxBytes)
            do throws(JSONError) {
                let binding = try PayoutBinding(json: bytes)
                guard name == "\(binding.id.hex).json" else {
                    throw JSONError(reason: "its id is \(binding.id), not its name", place: "$")
                }
                return binding
            } catch {
                throw WorkspaceError.publishedDamage("\(path): \(error)")
            }
        }
    }

    /// Where accounts are paid by `scheme`, as far as it is told before `seal`.
    public func book(_ scheme: String, before seal: UTCTime) throws -> PayoutBook {
        PayoutBook(
            try allBindings(), scheme: scheme, before: seal, signers: PayoutSigners(try keys().keys))
    }

    /// The manifest of `epoch`, and the totals after it, which are those the manifest has the root of.
    public func totals(after epoch: Epoch) throws -> (manifest: Manifest, totals: [AccountTotal]) {
        let path = "\(root)/epochs/\(epoch.id)"
        guard DirectoryListing.exists(path) else { throw WorkspaceError.noSuchEpoch(epoch.id) }
        let manifest = try EpochFiles.manifest(in: path)
        var (tree, totals): (MerkleTree, [AccountTotal]) = (MerkleTree(), [])
        try EpochFiles.forEach(
            .cumulative, in: path,
            { line throws(JSONError) in
                tree.append(line)
                return try CumulativeLine(line: line)
            },
            { totals.append(AccountTotal(account: $0.contributor, points: $0.total)) })
        guard manifest.epoch == epoch, let own = manifest.roots[.cumulative],
            own.root == tree.root, own.count == tree.count
        else {
            throw WorkspaceError.publishedDamage(
                "\(path)/\(EpochFile.cumulative.name) is not what its manifest says")
        }
        return (manifest, totals)
    }

    /// Whether there is a record that the epoch of `manifest` is final.
    public func isFinal(_ manifest: Manifest) throws -> Bool {
        let path = "\(root)/finals/\(manifest.epoch.id).json"
        guard DirectoryListing.exists(path) else { return false }
        let bytes = try StoredFile.read(path, maxBytes: 1 << 12)
        do throws(JSONError) {
            var record = try JSONObjectReader(try JSONReader.read(bytes))
            let found = [
                try record.string("format"), try record.string("epoch"), try record.string("manifest"),
            ]
            return found == ["waggle-final/1", manifest.epoch.id, manifest.contentHash.hex]
        } catch {
            throw WorkspaceError.publishedDamage("\(path): \(error)")
        }
    }

    /// The claims after `epoch`.
    ///
    /// - Throws: ``ClaimError`` where none can be made; ``WorkspaceError`` where what is published is damaged.
    public func claims(
        after epoch: Epoch, scheme: any ClaimScheme.Type, options: ClaimOptions
    ) throws -> ClaimSet {
        let (manifest, totals) = try totals(after: epoch)
        return try ClaimSet(
            epoch: epoch.id, totals: totals, addresses: book(scheme.name, before: manifest.sealedAsOf),
            scheme: scheme, options: options)
    }
}
