import Canonical
import Rewards
import Stages

extension Award {
    /// The members of the record `award`, for the epoch `epoch`.
    func members(of epoch: Epoch) -> [String: CanonicalJSON] {
        [
            "epoch": .string(epoch.id), "contributor": .string(contributor),
            "paid": .amount(paid), "points": .amount(points), "weight": .amount(weight),
            "coverage": .amount(coverage), "correction": .amount(correction),
            "recovered": .amount(recovered), "owed": .amount(owed), "debt": .amount(debt),
            "cumulative": .amount(cumulative), "passes": .integer(passes),
            "bounties": .array(
                bounties.map { .object(["id": .string($0.id), "amount": .amount($0.amount)]) }),
            "accepted": .integer(frames.accepted), "duplicate": .integer(frames.duplicate),
            "rejected": .integer(frames.rejected),
            "reason": reason.map { .string($0.rawValue) } ?? .null,
        ]
    }

    /// The heading over ``row``.
    static let heading = [
        "  contributor", "paid", "points", "passes", "accepted", "duplicate", "rejected", "why zero",
    ]

    /// The award as a row of a table.
    var row: [String] {
        [
            "  " + contributor, Points.text(paid), Points.text(points), String(passes),
            String(frames.accepted), String(frames.duplicate), String(frames.rejected),
            reason?.rawValue ?? "",
        ]
    }
}

extension DeviceLine {
    /// The device in words: its trust, and what counts of what it delivered.
    var text: String {
        "\(device.map { "device \($0)" } ?? "no device"): trusted \(trust) permille, \(drives) drives, "
            + "\(passes) passes, \(Points.text(weight)) of \(Points.text(points)) points count"
    }

    /// Which rules spoke about how many of its frames; nil where none did.
    var reasonsText: String? {
        if reasons.isEmpty { return nil }
        return reasons.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
    }
}
