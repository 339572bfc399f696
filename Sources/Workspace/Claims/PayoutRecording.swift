import Canonical
import Rewards
import Store

/// What recording a binding did.
public struct BindingReport: Sendable {
    /// The record.
    public let binding: PayoutBinding
    /// Whether it was not there before.
    public let isNew: Bool
    /// Whether the account was paid something by a closed epoch.
    public let isKnown: Bool
    /// Other accounts at the same address: one claim pays all.
    public let sharing: [String]
    /// Where the account was paid before, if elsewhere: what sealed epochs have awarded it stays there.
    public let former: PayoutAddress?
}

/// Records who may say where accounts are paid, and where they are.
///
/// Whom a sealed epoch pays where never changes, so that its claims are the same whenever they are made: a record, and
/// the start or end of a key, is never dated before the last seal.
public struct PayoutRecording: Sendable {
    private let workspace: Workspace
    private let published: PublishedPayouts

    /// Recording in `workspace`, which is open for changing.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
        published = workspace.layout.payouts
    }

    /// Names `key` as the operator's from `time` on, signed by `signer`: an operator's key, or, where there is none yet,
    /// this one. False where it is already.
    public func addOperator(_ key: VerifyingKey, from time: UTCTime, signedWith signer: SigningKey) throws
        -> Bool
    {
        try change(.add, key, of: nil, at: time, signedWith: signer)
    }

    /// Ends the operator's `key` as of `time`, signed by `signer`. What it has signed until then stays.
    ///
    /// - Returns: false where that was the last that was done.
    public func endOperator(_ key: VerifyingKey, at time: UTCTime, signedWith signer: SigningKey) throws
        -> Bool
    {
        try change(.end, key, of: nil, at: time, signedWith: signer)
    }

    /// Lets the key of `device` bind its owner's account from `time` on, signed by the operator's `signer`. False where
    /// it may already.
    public func addDevice(
        _ device: String, from time: UTCTime, signedWith signer: SigningKey
    ) throws -> (key: VerifyingKey, account: String, isNew: Bool) {
        let holding = try workspace.catalog.deviceKeys().first {
            $0.device.hasSameBytes(as: device) && $0.revokedAt == nil
        }
        guard let holding, holding.registeredAt <= time else { throw PayoutError.noDevice(device, at: time) }
        let isNew = try change(.add, holding.key, of: holding.contributor, at: time, signedWith: signer)
        return (holding.key, holding.contributor, isNew)
    }

    /// Ends the last key of `device` that could bind its owner's account, as of `time`, signed by the operator's `signer`.
    public func endDevice(
        _ device: String, at time: UTCTime, signedWith signer: SigningKey
    ) throws -> (key: VerifyingKey, account: String, isNew: Bool) {
        let list = try published.keys()
        let keys = try workspace.catalog.deviceKeys().filter { $0.device.hasSameBytes(as: device) }
        guard let own = keys.last(where: { list.holds($0.key, of: $0.contributor) }) ?? keys.last else {
            throw PayoutError.noDevice(device, at: time)
        }
        let isNew = try change(.end, own.key, of: own.contributor, at: time, signedWith: signer)
        return (own.key, own.contributor, isNew)
    }

    /// Appends a change to the list. False where it was the last that was made, or the key holds already.
    private func change(
        _ kind: PayoutKeyChange.Kind, _ key: VerifyingKey, of account: String?, at time: UTCTime,
        signedWith signer: SigningKey
    ) throws -> Bool {
        let by = try signer.verifyingKey()
        var list = try begunList(by)
        if kind == .add ? list.holds(key, of: account) : list.ends(with: kind, of: key, of: account) {
            // Killed between the two files, the run before has left the head behind.
            try keep(list)
            return false
        }
        guard kind == .add || list.holds(key, of: account) else { throw PayoutError.keyDoesNotHold(key) }
        try requireOpen(time)
        if let last = list.lastChange, time < last { throw PayoutError.beforeLastChange(time, last: last) }
        if list.changes.isEmpty {
            guard by == key, account == nil else { throw PayoutError.firstKey(by) }
        } else {
            guard list.holds(by, of: nil) else { throw PayoutError.noOperator(by) }
        }
        try list.append(kind, key, of: account, at: time, signedWith: signer)
        try DurableWrite.file(list.bytes, at: published.payoutKeys)
        try keep(list)
        return true
    }

    /// The list; where this workspace remembers none, also one that rests on the key of `signer`: what a run that was killed
    /// has begun, or what the workspace had before it lost its head.
    private func begunList(_ signer: VerifyingKey) throws -> PayoutKeyList {
        guard try workspace.layout.payoutHead.read() == nil else { return try published.keys() }
        let list = try published.untrustedKeys()
        return list.root == signer ? list : try published.keys()
    }

    /// Remembers how far `list` goes.
    private func keep(_ list: PayoutKeyList) throws {
        if let head = list.head, try workspace.layout.payoutHead.read() != head {
            try workspace.layout.payoutHead.write(head)
        }
    }

    /// Records that `account` is paid at `address` by `scheme` from `time` on, signed with `key`: the operator's, or that of
    /// the device `device`, which is registered for the account and may bind it (``addDevice(_:from:signedWith:)``).
    ///
    /// - Throws: ``PayoutError``, `PayoutListError`, `PayoutBindingError`, `ClaimError`, or what files and the catalog throw.
    public func bind(
        _ account: String, scheme: String, address: String, at time: UTCTime, key: SigningKey, device: String?
    ) throws -> BindingReport {
        let binding = try PayoutBinding(
            account: account, scheme: scheme, address: address, at: time, key: key)
        let path = "\(published.bindings)/\(binding.id.hex).json"
        let isNew = !DirectoryListing.exists(path)
        let list = try published.keys()
        if isNew {
            try requireOpen(time)
            if device != nil || !list.holds(binding.key, of: nil) { try requireRegistered(binding, device) }
            guard PayoutSigners(list.keys).accept(binding) else {
                throw PayoutError.keyDoesNotCount(binding.key, account: account, at: time)
            }
        }
        let totals = try lastTotals()
        let points = totals.first { $0.account.hasSameBytes(as: account) }?.points ?? 0
        let signers = PayoutSigners(list.keys)
        let counting = try published.allBindings().filter(signers.accept)
        if isNew,
            let later = counting.first(where: {
                $0.scheme == scheme && $0.account.hasSameBytes(as: account) && $0.at >= time
            })
        {
            throw PayoutError.superseded(account, by: later.at)
        }
        let book = PayoutBook(
            counting, scheme: scheme, before: UTCTime(milliseconds: .max), signers: signers)
        let sharing = book.accounts(at: binding.address).filter { !$0.hasSameBytes(as: account) }
        if isNew {
            try DurableWrite.directory(published.bindings)
            try DurableWrite.file(binding.canonicalJSON.bytes, at: path)
        }
        return BindingReport(
            binding: binding, isNew: isNew, isKnown: points > 0, sharing: sharing,
            former: isNew ? book.address(of: account).flatMap { $0 == binding.address ? nil : $0 } : nil)
    }

    /// Refuses the key of `binding` where it is not that of `device`, or of any where that is nil, or where it is not
    /// registered for its account: a device that was revoked binds nothing, whatever the list says.
    private func requireRegistered(_ binding: PayoutBinding, _ device: String?) throws {
        let keys = try workspace.catalog.deviceKeys().filter { known in
            known.key == binding.key && device.map { known.device.hasSameBytes(as: $0) } ?? true
        }
        if let device, keys.isEmpty { throw PayoutError.notTheDevices(device, binding.key) }
        let isRegistered = keys.contains {
            $0.contributor.hasSameBytes(as: binding.account) && $0.holds(at: binding.at)
                && $0.revokedAt == nil
        }
        guard isRegistered else {
            throw PayoutError.keyDoesNotCount(binding.key, account: binding.account, at: binding.at)
        }
    }

    /// Refuses a `time` before the last seal.
    private func requireOpen(_ time: UTCTime) throws {
        if let last = try workspace.catalog.sealedEpochs().last, time < last.sealedAsOf {
            throw PayoutError.beforeSeal(time, epoch: last.id, sealedAsOf: last.sealedAsOf)
        }
    }

    /// What everyone was paid up to the last published epoch.
    private func lastTotals() throws -> [AccountTotal] {
        let last = try workspace.catalog.sealedEpochs().last { $0.body != nil }.flatMap { Epoch(id: $0.id) }
        return try last.map { try published.totals(after: $0).totals } ?? []
    }
}
