import Canonical
import Stages

/// What a contributor's drives have in common with other drives, theirs or others'.
struct CollisionStory {
    private let output: Output

    init(_ output: Output) {
        self.output = output
    }

    /// Tells `collisions`, in each of which one drive at least is of `contributor`.
    func tell(_ collisions: [TraceCollision], of contributor: String) {
        if !collisions.isEmpty { output.line("\(collisions.count) collisions of drives:") }
        for collision in collisions {
            let isFirst = collision.earlierContributor.utf8.elementsEqual(contributor.utf8)
            let own = isFirst ? collision.earlier : collision.later
            let other = isFirst ? collision.later : collision.earlier
            let others = isFirst ? collision.laterContributor : collision.earlierContributor
            output.line(
                "  \(own) \(Self.claim(collision.kind)) \(other) of \(others): "
                    + "\(Quantity.text(collision.distance, "mm")) apart (median of \(collision.moments) moments), "
                    + "limit \(Self.side(collision.kind)) \(Quantity.text(collision.limit, "mm")), at "
                    + "\(Quantity.text(collision.share, "permille"))\(Self.delay(collision)); \(collision.earlier) came first"
            )
            var members = Self.members(collision)
            members["drive"] = .string(own)
            members["other"] = .string(other)
            members["other_contributor"] = .string(others)
            members["first"] = .string(collision.earlier)
            output.record("collision", members)
        }
    }

    /// A collision as `--json` gives it.
    static func members(_ collision: TraceCollision) -> [String: CanonicalJSON] {
        [
            "kind": .string(collision.kind.rawValue), "earlier": .string(collision.earlier),
            "later": .string(collision.later), "moments": .integer(collision.moments),
            "share": .integer(collision.share), "distance_mm": .integer(collision.distance),
            "limit_mm": .integer(collision.limit), "delay_ms": .integer(collision.delay),
        ]
    }

    private static func claim(_ kind: TraceCollision.Kind) -> String {
        switch kind {
        case .twoPlaces: "was in another place at the same time than"
        case .oneCar: "was in one car with, or is the same drive as,"
        case .replayed: "goes the same way with the same stops as"
        }
    }

    private static func side(_ kind: TraceCollision.Kind) -> String {
        kind == .twoPlaces ? "more than" : "at most"
    }

    private static func delay(_ collision: TraceCollision) -> String {
        guard collision.delay != 0 else { return "" }
        let magnitude = Int64(clamping: collision.delay.magnitude)
        return
            ", \(collision.later) \(Quantity.text(magnitude, "ms")) \(collision.delay > 0 ? "later" : "before")"
    }
}
