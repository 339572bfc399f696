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
    /// Other accounts at the same address, which have no points so far.
    public let sharing: [String]
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

    /// Names `key` as the operator's from `time` on. False where it is already.
    public func addOperator(_ key: VerifyingKey, from time: UTCTime) throws -> Bool {
        var list = try published.keys()
        guard list.add(key, of: nil, from: time) else { return false }
        try requireOpen(time)
        try write(list)
        return true
    }

    /// Ends the operator's `key` as of `time`. What it has signed until then stays.
    public func endOperator(_ key: VerifyingKey, at time: UTCTime) throws {
        var list = try published.keys()
        try requireOpen(time)
        guard list.end(key, of: nil, at: time) else { throw PayoutError.noOperator(key) }
        try write(list)
    }

    /// Ends the `key` of a device of `account`, if it has bound anything, as of `time`; as of the last seal where that is
    /// later.
    func endDevice(_ key: VerifyingKey, of account: String, at time: UTCTime) throws {
        var list = try published.keys()
        let seal = try workspace.catalog.sealedEpochs().last?.sealedAsOf
        if list.end(key, of: account, at: max(time, seal ?? time)) { try write(list) }
    }

    /// Records that `account` is paid at `address` by `scheme` from `time` on, signed with `key`: the operator's, or that of
    /// the device `device`, which is registered for the account.
    ///
    /// - Throws: ``PayoutError``, `PayoutBindingError`, `ClaimError`, or what files and the catalog throw.
    public func bind(
        _ account: String, scheme: String, address: String, at time: UTCTime, key: SigningKey, device: String?
    ) throws -> BindingReport {
        let binding = try PayoutBinding(
            account: account, scheme: scheme, address: address, at: time, key: key)
        let path = "\(published.bindings)/\(binding.id.hex).json"
        let isNew = !DirectoryListing.exists(path)
        var list = try published.keys()
        var isListNew = false
        if isNew {
            try requireOpen(time)
            if let device {
                isListNew = list.add(binding.key, of: account, from: try registration(binding, device))
            }
            guard PayoutSigners(list.keys).accept(binding) else {
                throw PayoutError.keyDoesNotCount(binding.key, account: account, at: time)
            }
        }
        let totals = try lastTotals()
        func points(_ account: String) -> UInt64 {
            totals.first { $0.account.hasSameBytes(as: account) }?.points ?? 0
        }
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
            if let owner = sharing.first(where: { points($0) > 0 }) {
                throw PayoutError.addressTaken(binding.address.text, by: owner)
            }
            if isListNew { try write(list) }
            try DurableWrite.directory(published.bindings)
            try DurableWrite.file(binding.canonicalJSON.bytes, at: path)
        }
        return BindingReport(
            binding: binding, isNew: isNew, isKnown: points(account) > 0, sharing: sharing)
    }

    /// From when on the key of `binding` is registered for `device` of its account.
    private func registration(_ binding: PayoutBinding, _ device: String) throws -> UTCTime {
        let keys = try workspace.catalog.deviceKeys().filter {
            $0.device.hasSameBytes(as: device) && $0.key == binding.key
        }
        guard !keys.isEmpty else { throw PayoutError.notTheDevices(device, binding.key) }
        let holding = keys.first {
            $0.contributor.hasSameBytes(as: binding.account) && $0.holds(at: binding.at)
                && $0.revokedAt == nil
        }
        guard let holding else {
            throw PayoutError.keyDoesNotCount(binding.key, account: binding.account, at: binding.at)
        }
        return holding.registeredAt
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

    private func write(_ list: PayoutKeyList) throws {
        try DurableWrite.file(list.canonicalJSON.bytes, at: published.payoutKeys)
    }
}
