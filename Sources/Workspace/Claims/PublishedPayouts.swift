import Canonical
import Rewards
import Store

/// What the directory `published` says of who is paid how much and where. Needs nothing else of a workspace.
public struct PublishedPayouts: Sendable {
    /// The directory.
    public let root: String
    /// By what its list of keys is held to be the operator's.
    let trust: PayoutTrust

    /// The payouts below `root`.
    public init(_ root: String, trusting trust: PayoutTrust = .anybody) {
        (self.root, self.trust) = (root, trust)
    }

    /// Signed records of addresses, by their ids.
    public var bindings: String { "\(root)/bindings" }
    /// The changes of the keys whose bindings count.
    public var payoutKeys: String { "\(root)/payout-keys.jsonl" }
    /// Claims by epoch.
    public var claims: String { "\(root)/claims" }

    /// The directories below ``root`` that bindings and claims are written to, as far as they are there.
    func writtenDirectories() throws -> [String] {
        var directories = DirectoryListing.exists(bindings) ? [bindings] : []
        guard DirectoryListing.exists(claims) else { return directories }
        for epoch in try DirectoryListing.names(in: claims)
        where DirectoryListing.isDirectory("\(claims)/\(epoch)") {
            directories.append("\(claims)/\(epoch)")
        }
        return directories
    }

    /// The keys whose bindings count; none where nobody has named any. Every signature is verified.
    ///
    /// - Throws: `PayoutListError` where the list is not signed as it must be, or is not the one that is trusted;
    ///   ``WorkspaceError/publishedDamage(_:)`` where it cannot be read.
    public func keys() throws -> PayoutKeyList {
        let list = try untrustedKeys()
        switch trust {
        case .anybody: break
        case .root(let key): try list.require(root: key)
        case .head(let file):
            if let head = try file.read() {
                try list.require(head)
            } else if !list.changes.isEmpty {
                throw PayoutListError(
                    .foreign, "this workspace has named no keys, and somebody has put a list there", line: 1)
            }
        }
        return list
    }

    /// The list of keys, sound in itself, whoever wrote it.
    func untrustedKeys() throws -> PayoutKeyList {
        let unsigned = "\(root)/payout-keys.json"
        if DirectoryListing.exists(unsigned) {
            throw WorkspaceError.publishedDamage(
                "\(unsigned) is a list of keys that nobody has signed, and does not count any more: remove it, and "
                    + "name the keys anew with 'waggle rewards operators add'")
        }
        guard DirectoryListing.exists(payoutKeys) else { return PayoutKeyList() }
        let bytes = try StoredFile.read(payoutKeys, maxBytes: PayoutKeyList.maxBytes)
        do throws(PayoutListError) { return try PayoutKeyList(bytes: bytes) } catch {
            if error.isOfSignature { throw error }
            throw WorkspaceError.publishedDamage("\(payoutKeys): \(error)")
        }
    }

    /// All records of addresses by their ids, whether they count or not.
    ///
    /// - Throws: ``PayoutForgery`` where a signature is wrong; ``WorkspaceError/publishedDamage(_:)`` where one cannot be read.
    public func allBindings() throws -> [PayoutBinding] {
        guard DirectoryListing.exists(bindings) else { return [] }
        return try DirectoryListing.names(in: bindings).filter { !$0.hasPrefix(".") }.map { name in
            let path = "\(bindings)/\(name)"
            let bytes = try StoredFile.read(path, maxBytes: PayoutBinding.maxBytes)
            let binding: PayoutBinding
            do throws(PayoutBindingRefusal) { binding = try PayoutBinding(json: bytes) } catch {
                if case .signature = error { throw PayoutForgery(path: path) }
                throw WorkspaceError.publishedDamage("\(path): \(error)")
            }
            guard name == "\(binding.id.hex).json" else {
                throw WorkspaceError.publishedDamage("\(path): its id is \(binding.id), not its name")
            }
            return binding
        }
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
    /// - Throws: ``ClaimError`` where none can be made; ``WorkspaceError`` where what is published is damaged;
    ///   `PayoutListError` where the list of keys is refused.
    public func claims(
        after epoch: Epoch, scheme: any ClaimScheme.Type, options: ClaimOptions
    ) throws -> ClaimSet {
        let chain = try manifests(upTo: epoch)
        let history = PayoutHistory(
            try allBindings(), scheme: scheme.name, seals: chain.map(\.sealedAsOf),
            signers: PayoutSigners(try keys().keys))
        var earlier: [Int: [AccountTotal]] = [:]
        for number in history.lastEpochsOfStays {
            earlier[number] = try totals(after: chain[number].epoch).totals.filter {
                history.moves($0.account, behind: number)
            }
        }
        let (credits, unbound): ([PayoutCredit], [AccountTotal])
        let all = try totals(after: epoch).totals
        do throws(PayoutCreditError) {
            (credits, unbound) = try history.credits(of: all, earlier: earlier)
        } catch {
            throw WorkspaceError.publishedDamage("\(root)/epochs: \(error)")
        }
        return try ClaimSet(
            epoch: epoch.id, credits: credits, unbound: unbound, scheme: scheme, options: options)
    }

    /// The manifests from the first to that of `epoch`, each of which names the one before by its hash.
    private func manifests(upTo epoch: Epoch) throws -> [Manifest] {
        let folder = "\(root)/epochs"
        let epochs = try DirectoryListing.names(in: folder).compactMap { Epoch(id: $0) }.filter {
            $0 <= epoch
        }
        var manifests: [Manifest] = []
        for epoch in epochs.sorted() {
            let manifest = try EpochFiles.manifest(in: "\(folder)/\(epoch.id)")
            let last = manifests.last
            guard manifest.epoch == epoch, manifest.previous == last?.contentHash,
                last.map({ $0.sealedAsOf <= manifest.sealedAsOf }) ?? true
            else {
                throw WorkspaceError.publishedDamage(
                    "\(folder)/\(epoch.id): its manifest does not follow the one before")
            }
            manifests.append(manifest)
        }
        return manifests
    }
}
