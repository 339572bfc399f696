import Canonical

/// What contributors were paid and what is to be settled with them, in an array: an epoch takes all of them over, hundreds of
/// thousands, in the order they have anyway.
struct AccountList: Sendable {
    /// One contributor's.
    typealias Entry = (contributor: String, account: ChainState.Account)

    /// By the bytes of the contributors' ids, unless ``set(_:of:)`` was called in another order.
    private(set) var entries: [Entry] = []
    private var isInOrder = true

    /// Nobody.
    init() {}

    /// A list of `entries`, whose contributors ascend.
    init(inOrder entries: [Entry]) { self.entries = entries }

    /// Sets what is known of a contributor, in place of what was.
    mutating func set(_ account: ChainState.Account, of contributor: String) {
        if let last = entries.last, !last.contributor.precedes(contributor) { isInOrder = false }
        entries.append((contributor, account))
    }

    /// The same list in order, with what was set last of everyone.
    var inOrder: AccountList {
        if isInOrder { return self }
        let order = entries.indices.sorted { left, right in
            entries[left].contributor.hasSameBytes(as: entries[right].contributor)
                ? left < right : entries[left].contributor.precedes(entries[right].contributor)
        }
        var result = AccountList()
        for index in order {
            if let last = result.entries.last,
                last.contributor.hasSameBytes(as: entries[index].contributor)
            {
                result.entries.removeLast()
            }
            result.entries.append(entries[index])
        }
        return result
    }
}
