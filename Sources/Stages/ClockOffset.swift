import Canonical
import DriveFormats
import Geo

/// Finds by how much the camera's clock differs from that of the trace, from photos that say themselves where they were
/// taken: where the trace passes the same place, it says when.
///
/// A camera that writes local time without its offset, or whose clock was never set, is wrong by the same time in every
/// photo of a drive. Photos without positions of their own are no evidence.
public enum ClockOffset {
    /// `drive` with the times of its frames put right, where enough photos and a large enough share of those asked agree on
    /// an offset that two clocks may not have, and no other offset has nearly as many votes.
    public static func repaired(_ drive: RawDrive, rules: SourceRules) -> RawDrive {
        guard let found = offset(of: drive, rules: rules) else { return drive }
        var result = drive
        result.frames = drive.frames.map { frame in
            var frame = frame
            frame.capturedAt = shifted(frame.capturedAt, by: found.offset)
            if var fix = frame.fix {
                fix.time = shifted(fix.time, by: found.offset)
                frame.fix = fix
            }
            frame.others = frame.others.map { said in
                var said = said
                // The satellites' time needs no repair.
                if said.clock != .satellites { said.time = shifted(said.time, by: found.offset) }
                return said
            }
            return frame
        }
        result.remarks.append(
            "the camera's clock was \(abs(found.offset) / 1000) s \(found.offset > 0 ? "slow" : "fast") against the trace, as "
                + "\(found.votes) photos with positions of their own show; all capture times were put right (drift from the "
                + "first third to the last: \(SecondsText.of(found.drift)))")
        return result
    }

    /// What is to be added to the times of the frames; nil where nothing is, or nothing is certain.
    static func offset(
        of drive: RawDrive, rules: SourceRules
    ) -> (offset: Int64, votes: Int, drift: Int64)? {
        // A clock of the satellites is not put right by a trace, which has no better one.
        guard !drive.frames.contains(where: { $0.clock == .satellites }) else { return nil }
        let step = max(1, rules.maxTimeDifference)
        let photos = drive.frames.compactMap { frame -> (time: Int64, place: Coordinate)? in
            guard let time = frame.capturedAt, let fix = frame.fix,
                let place = Coordinate(latitude: fix.latitude, longitude: fix.longitude)
            else { return nil }
            return (time.milliseconds, place)
        }
        guard photos.count >= rules.minClockWitnesses, !drive.trace.isEmpty else { return nil }
        let stride = max(1, photos.count / max(1, Int(clamping: rules.maxClockWitnesses)))
        let witnesses = photos.indices.filter { $0 % stride == 0 }.map { photos[$0] }
        let trace = TraceGrid(drive.trace, rules: rules)
        // How many photos vote for each offset, in steps; one photo votes once for each.
        var votes: [Int64: Int] = [:]
        for witness in witnesses {
            let passes = trace.fixes(near: witness.place)
            for step in Set(passes.compactMap { Self.steps(step, from: witness.time, to: $0.time) }) {
                votes[step, default: 0] += 1
            }
        }
        // Neighbouring steps are one offset that lies between them.
        func together(_ step: Int64) -> Int { (-1...1).reduce(0) { $0 + (votes[step + $1] ?? 0) } }
        guard
            let best = votes.keys.max(by: {
                (together($0), votes[$0] ?? 0, -$0) < (together($1), votes[$1] ?? 0, -$1)
            })
        else { return nil }
        let agreeing = min(together(best), witnesses.count)
        // A place is passed for some seconds, so that steps beside the best one have votes, too.
        let rival = votes.keys.filter { abs($0 - best) > rules.clockWindow }.map(together).max() ?? 0
        guard agreeing >= rules.minClockWitnesses,
            Int64(agreeing) * 1000 >= Int64(witnesses.count) * rules.minClockAgreement,
            Int64(rival) * 1000 <= Int64(agreeing) * rules.maxClockRival
        else { return nil }
        let offsets = witnesses.compactMap { witness in
            Self.closest(trace.fixes(near: witness.place), to: witness.place) { fix in
                Self.steps(step, from: witness.time, to: fix.time).map { abs($0 - best) <= rules.clockWindow }
                    ?? false
            }.map { $0 - witness.time }
        }
        guard let median = median(offsets[...]), abs(median) > step else { return nil }
        let third = max(1, offsets.count / 3)
        let drift = (Self.median(offsets.suffix(third)) ?? 0) - (Self.median(offsets.prefix(third)) ?? 0)
        return (median, agreeing, drift)
    }

    private static func median(_ values: ArraySlice<Int64>) -> Int64? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }

    /// The time of the fix nearest to `place` of those that fulfil `condition`, the earliest of equally near ones.
    private static func closest(
        _ fixes: [TraceGrid.Fix], to place: Coordinate, where condition: (TraceGrid.Fix) -> Bool
    ) -> Int64? {
        fixes.filter(condition).map { (Geodesy.distanceMillimetres($0.place, place), $0.time) }.min {
            $0 < $1
        }?.1
    }

    /// The difference in whole steps, rounded down.
    private static func steps(_ step: Int64, from: Int64, to: Int64) -> Int64? {
        let (difference, overflow) = to.subtractingReportingOverflow(from)
        guard !overflow else { return nil }
        return difference >= 0 ? difference / step : -((step - 1 - difference) / step)
    }

    private static func shifted(_ time: UTCTime?, by offset: Int64) -> UTCTime? {
        guard let time else { return nil }
        let (milliseconds, overflow) = time.milliseconds.addingReportingOverflow(offset)
        return overflow ? time : UTCTime(milliseconds: milliseconds)
    }

    /// The fixes of a trace by where they are.
    private struct TraceGrid {
        private struct Square: Hashable {
            let row: Int
            let column: Int
        }

        /// A fix with a time and a place.
        struct Fix {
            let time: Int64
            let place: Coordinate
        }

        private var squares: [Square: [Fix]] = [:]
        /// The side of a square, 10^-7 degree of latitude; one is 11.119 mm.
        private let sideE7: Int
        private let maxFixes: Int

        init(_ trace: [RawFix], rules: SourceRules) {
            sideE7 = max(1, Int(clamping: rules.witnessDistance * 1000 / 11_119))
            maxFixes = max(1, Int(clamping: rules.maxWitnessFixes))
            for fix in trace {
                guard let time = fix.time,
                    let place = Coordinate(latitude: fix.latitude, longitude: fix.longitude)
                else { continue }
                squares[square(place), default: []].append(Fix(time: time.milliseconds, place: place))
            }
        }

        /// The fixes in the square of `place` and those around it, of each no more than the ruleset has it.
        func fixes(near place: Coordinate) -> [Fix] {
            let middle = square(place)
            var fixes: [Fix] = []
            for row in -1...1 {
                for column in -1...1 {
                    fixes += (squares[Square(row: middle.row + row, column: middle.column + column)] ?? [])
                        .prefix(maxFixes)
                }
            }
            return fixes
        }

        /// Squares as wide in the east as they are high, for all that are near each other.
        private func square(_ place: Coordinate) -> Square {
            let row = (Int(place.latitudeE7) + 900_000_000) / sideE7
            // The cosine in the middle of the row, so that all of a row have squares of one width.
            let latitude = min(max(row * sideE7 - 900_000_000, -890_000_000), 890_000_000)
            let cosine = max(
                1, Int(Geodesy.cosinePermille(latitudeE7: Int32(latitude / 1_000_000 * 1_000_000))))
            return Square(row: row, column: (Int(place.longitudeE7) + 1_800_000_000) * cosine / 1000 / sideE7)
        }
    }
}
