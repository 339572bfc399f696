import Canonical

/// A part of an epoch's budget: what of it is awarded, and what goes to nobody.
public struct Pool: Sendable, Equatable {
    /// `reserve`, `coverage`, `coverage/9q8`, `bounty/0123456789abcdef`.
    public let name: String
    /// Micro-points, awarded and unallocated together.
    public let amount: UInt64
    /// What somebody gets.
    public private(set) var awarded: UInt64
    /// Why something goes to nobody; nil where nothing does.
    public private(set) var reason: UnallocatedReason?

    /// What goes to nobody.
    public var unallocated: UInt64 { amount - awarded }

    /// A pool; the reason counts only where something goes to nobody. `awarded` is at most `amount`.
    init(_ name: String, amount: UInt64, awarded: UInt64, reason: UnallocatedReason?) {
        self.name = name
        self.amount = amount
        self.awarded = min(awarded, amount)
        self.reason = awarded < amount ? reason : nil
    }

    /// Gives `loss`, which is at most what is awarded, to nobody.
    mutating func withhold(_ loss: UInt64, _ reason: UnallocatedReason) {
        awarded -= min(loss, awarded)
        self.reason = reason
    }

    func write(to text: inout CanonicalText) {
        text.object { text in
            text.member("amount", .amount(amount))
            text.member("awarded", .amount(awarded))
            text.string("pool", name)
            text.stringIfAny("reason", reason?.rawValue)
            text.member("unallocated", .amount(unallocated))
        }
    }

    init(_ object: JSONObjectReader) throws(JSONError) {
        var reader = object
        name = try reader.string("pool")
        amount = try reader.amount("amount")
        awarded = try reader.amount("awarded")
        reason = try reader.optionalName("reason")
        let unallocated = try reader.amount("unallocated")
        guard awarded <= amount, amount - awarded == unallocated, (unallocated == 0) == (reason == nil) else {
            throw JSONError(reason: "amounts that do not add up", place: reader.path)
        }
        try reader.finish()
    }
}

/// Why a part of a pool goes to nobody. The raw values are published and stable.
public enum UnallocatedReason: String, Sendable, Hashable, CaseIterable {
    /// Nobody did anything that counts.
    case noEligibleWork = "no_eligible_work"
    /// Somebody did more than one contributor is paid for.
    case capReached = "cap_reached"
    /// No correction needed it.
    case reserveUnused = "reserve_unused"
}
