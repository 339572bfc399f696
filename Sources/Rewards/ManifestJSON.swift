import Canonical
import Geo
import Stages

extension Manifest {
    /// The manifest as canonical JSON in UTF-8.
    public var json: [UInt8] {
        var text = CanonicalText()
        text.object { text in
            text.root("awards", roots[.awards])
            text.array("bounties", bounties) { bounty, text in
                var members = bounty.members
                members["id"] = .string(bounty.id)
                text.element(.object(members))
            }
            text.string("budget", String(budget))
            text.member("concentration", .object(concentration.members))
            text.root("corrections", roots[.corrections])
            text.root("cumulative", roots[.cumulative], ["total": .amount(cumulativeTotal)])
            text.string("epoch", epoch.id)
            text.root("explain", roots[.explain])
            text.string("format", Self.format)
            text.root("inputs", roots[.inputs])
            text.string("paid", String(paid))
            text.integer("pending_uploads", header.pendingUploads)
            text.string("points_total", String(pointsTotal))
            text.array("pools", pools) { pool, text in pool.write(to: &text) }
            text.member("previous", .hash(previous))
            text.string("recovered", String(recovered))
            text.member("ruleset", .hash(ruleset))
            text.array("rulesets", rulesets) { adoption, text in text.element(.object(adoption.members)) }
            text.root("scores", roots[.scores])
            text.integer("sealed_as_of", sealedAsOf.milliseconds)
            text.member("seed", .hash(seed))
            text.array("takedowns", takedowns) { takedown, text in takedown.write(to: &text) }
            text.string("unallocated", String(unallocated))
            var counts = verdicts.members
            var reasons: [String: CanonicalJSON] = [:]
            for (rule, count) in self.reasons { reasons[rule.rawValue] = .integer(count) }
            counts["reasons"] = .object(reasons)
            text.root("verdicts", roots[.verdicts], counts)
            text.member("window", .object(["start": .time(epoch.start), "end": .time(epoch.end)]))
        }
        return text.bytes
    }
}

extension CanonicalText {
    fileprivate mutating func root(
        _ key: String, _ root: LineRoot?, _ more: [String: CanonicalJSON] = [:]
    ) {
        member(key, .object((root?.members ?? [:]).merging(more) { $1 }))
    }
}
