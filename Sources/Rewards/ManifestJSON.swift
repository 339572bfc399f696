import Canonical
import Geo
import Stages

extension Manifest {
    /// The manifest as canonical JSON in UTF-8.
    public var json: [UInt8] {
        var text = CanonicalText()
        text.object { text in
            text.member("awarded", .amount(awarded))
            text.array("awards", awards) { award, text in award.write(to: &text, windowStart: epoch.start) }
            text.member("budget", .amount(budget))
            text.string("epoch", epoch.id)
            text.string("format", Self.format)
            text.member("inputs", .object(["count": .integer(inputCount), "root": .hash(inputRoot)]))
            text.member("points_total", .amount(pointsTotal))
            text.member("previous", .hash(previous))
            text.member("ruleset", .hash(ruleset))
            text.integer("sealed_as_of", sealedAsOf.milliseconds)
            text.member("seed", .hash(seed))
            text.array("takedowns", takedowns) { takedown, text in takedown.write(to: &text) }
            text.object("unallocated") { text in
                text.member("amount", .amount(unallocated))
                text.stringIfAny("reason", unallocatedReason?.rawValue)
            }
            var counts = verdicts.members
            counts["total"] = .integer(verdicts.total)
            var reasons: [String: CanonicalJSON] = [:]
            for (rule, count) in self.reasons { reasons[rule.rawValue] = .integer(count) }
            counts["reasons"] = .object(reasons)
            text.member("verdicts", .object(counts))
            text.member("window", .object(["start": .time(epoch.start), "end": .time(epoch.end)]))
        }
        return text.bytes
    }
}

extension Award {
    fileprivate func write(to text: inout CanonicalText, windowStart: UTCTime) {
        text.object { text in
            text.member("amount", .amount(amount))
            text.string("contributor", contributor)
            text.member("frames", .object(frames.members))
            text.array("lines", lines) { pass, text in pass.write(to: &text, windowStart: windowStart) }
            text.integer("passes", Int64(lines.count))
            text.member("points", .amount(points))
            text.stringIfAny("reason", reason?.rawValue)
        }
    }
}

extension Pass {
    fileprivate func write(to text: inout CanonicalText, windowStart: UTCTime) {
        text.object { text in
            text.integer("area", area)
            text.string("best_frame", bestFrame)
            text.string("cell", coverage.cell.description)
            text.integer("covered_at", coveredAt.milliseconds)
            text.string("drive", drive)
            text.integer("frames", frames)
            text.integer("freshness", freshness)
            text.integer("heading_octant", Int64(coverage.octant.number))
            // Driven before the week, delivered too late for its own.
            if coveredAt < windowStart { text.member("late", .bool(true)) }
            text.member("points", .amount(points))
            text.member("previous_at", .time(previousAt))
            text.integer("quality", quality)
        }
    }
}
