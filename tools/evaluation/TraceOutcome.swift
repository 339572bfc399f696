import Canonical
import DriveFormats
import ForgedTraces
import Rewards
import Stages

/// How forged traces are told from honest trips.
struct TraceOutcome {
    /// What became of the traces forged in one way.
    struct Detection {
        let name: String
        let forged, found: Int

        /// 0.95 of each are promised.
        var keepsPromise: Bool { forged > 0 && found * 1000 >= 950 * forged }
    }

    /// Where the trips come from.
    let name: String
    let trips: Int
    /// Honest trips that carry a flag, and pairs of them that are said to collide.
    let flagged, collisions: Int
    private(set) var attacks: [Detection] = []

    var keepsPromises: Bool { flagged == 0 && collisions == 0 && attacks.allSatisfy(\.keepsPromise) }

    /// Every how many trips are replayed: all against all is what costs.
    private static let step = 3

    init(name: String, trips: [[RawFix]], rules: Ruleset) {
        (self.name, self.trips) = (name, trips.count)
        let context = Context(rules: rules)
        flagged = trips.count { !context.flags($0).isEmpty }
        let honest = trips.enumerated().map { context.trace("\($0)", $1, received: 0) }
        collisions = context.collisions(honest).count
        func flagging(_ name: String, _ rule: Rule, _ forge: (Int, [RawFix]) -> [RawFix]) {
            let found = trips.enumerated().count { number, trip in
                context.flags(forge(number, trip)).contains { $0.rule == rule }
            }
            attacks.append(Detection(name: name, forged: trips.count, found: found))
        }
        flagging("teleport", .traceTeleport) { Forgery.teleported($1, seed: UInt64($0)) }
        flagging("constant speed along the same streets", .traceConstantSpeed) {
            Forgery.simulated(along: $1, speed: 12)
        }
        for noise in [0.0, 3] {
            attacks.append(context.replays(of: trips, every: Self.step, noise: noise))
        }
        attacks.append(context.twoPlaces(trips))
    }

    /// The rules, and what is asked of them.
    private struct Context {
        let rules: Ruleset
        /// Later than any fix.
        private let asOf = UTCTime(milliseconds: .max)

        func flags(_ trip: [RawFix]) -> [Finding] {
            Plausibility.flags(of: verified(trip), rules: rules.plausibility)
        }

        private func verified(_ trip: [RawFix]) -> VerifiedDrive {
            Verify.drive(RawDrive(device: nil, frames: [], trace: trip), asOf: asOf, rules: rules.drive)
        }

        func trace(_ name: String, _ trip: [RawFix], by contributor: String? = nil, received: Int64)
            -> ComparedTrace
        {
            ComparedTrace(
                drive: name, contributor: contributor ?? name, device: nil,
                receivedAt: UTCTime(milliseconds: received),
                parts: verified(trip).trace.parts.map { part in
                    part.map { TracePoint(time: $0.time, position: $0.position) }
                })
        }

        func collisions(_ traces: [ComparedTrace]) -> [TraceCollision] {
            TraceCollisions.all(among: traces, rules: rules.collisions)
        }

        /// Every `step`-th of `trips` once more on another day, at an hour that nobody else uses.
        func replays(of trips: [[RawFix]], every step: Int, noise: Double) -> Detection {
            let some = stride(from: 0, to: trips.count, by: step).map { trips[$0] }
            let honest = some.enumerated().map { trace("\($0)", $1, received: 0) }
            let forged = some.enumerated().map { number, trip in
                trace(
                    "copy \(number)",
                    Forgery.replayed(
                        trip, after: Int64(9 * 86_400 + number * 631), noise: noise, seed: UInt64(number)),
                    received: 1_000_000)
            }
            let found = Set(
                collisions(honest + forged).filter {
                    $0.kind == .replayed && $0.later == "copy \($0.earlier)"
                }
                .map(\.later))
            return Detection(
                name: noise == 0
                    ? "replay, shifted in time" : "replay, shifted in time, with \(Int(noise)) m of noise",
                forged: some.count, found: found.count)
        }

        /// One account that drives two of `trips`, moved 3 km apart, at one time.
        func twoPlaces(_ trips: [[RawFix]]) -> Detection {
            let pairs = trips.indices.dropLast().compactMap { number -> [ComparedTrace]? in
                let other = trips[(number + trips.count * 45 / 100) % trips.count]
                guard let moved = Forgery.simultaneous(other, with: trips[number]) else { return nil }
                return [
                    trace("a", trips[number], by: "one", received: 0),
                    trace("b", moved, by: "one", received: 1),
                ]
            }
            return Detection(
                name: "two places at once", forged: pairs.count,
                found: pairs.count { collisions($0).contains { $0.kind == .twoPlaces } })
        }
    }
}
