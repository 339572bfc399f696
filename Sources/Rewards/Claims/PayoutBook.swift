import Canonical

/// Where accounts are paid by one scheme at one time. What was paid where in the epochs before, ``PayoutHistory`` tells.
public struct PayoutBook: Sendable {
    private let addresses: [ByteKey: PayoutAddress]

    /// The address of `account`; nil where it is bound to none.
    public func address(of account: String) -> PayoutAddress? { addresses[ByteKey(account)] }

    /// The accounts that are paid at `address`, ascending by bytes.
    public func accounts(at address: PayoutAddress) -> [String] {
        addresses.filter { $0.value == address }.map(\.key.text).sorted { $0.precedes($1) }
    }
}

extension PayoutBook {
    /// Where accounts are paid by the scheme of this name, as told by `bindings` in whatever order: for each account
    /// the latest that was made before `seal` by one of `signers`.
    public init(
        _ bindings: some Sequence<PayoutBinding>, scheme: String, before seal: UTCTime, signers: PayoutSigners
    ) {
        var standing: [ByteKey: PayoutBinding] = [:]
        for binding in bindings
        where binding.scheme == scheme && binding.at < seal && signers.accept(binding) {
            let account = ByteKey(binding.account)
            if standing[account].map(binding.supersedes) ?? true { standing[account] = binding }
        }
        addresses = standing.mapValues(\.address)
    }
}
