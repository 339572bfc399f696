import Canonical
import DriveFormats
import Geo

/// What to believe of the frames of a drive, from all that is said of each.
struct SourceAgreement {
    /// The frames with the time and the position that are believed, or why there are none.
    private(set) var frames: [Result<VerifiedFrame, Refusal>] = []
    /// What was said of each frame; nil where its sources do not differ.
    private(set) var disputes: [Dispute?] = []
    /// What was found out about the clocks, in words.
    let remarks: [String]

    private let drive: RawDrive
    private let track: Track?
    private let check: FixCheck
    private let rules: DriveRules

    init(_ drive: RawDrive, trace: Trace?, check: FixCheck, rules: DriveRules) {
        (self.drive, self.check, self.rules) = (drive, check, rules)
        track = trace.map { Track($0, rules: rules.locate) }
        let times = TimeSettlement(drive, track: track, rules: rules) { time in
            time.milliseconds >= rules.verify.earliestTime && time <= check.asOf
        }
        remarks = times.remarks
        let said = zip(drive.frames, times.outcomes).map { heard(of: $0, at: $1) }
        let positions = PositionSettlement(
            said.map {
                PositionSettlement.Frame(
                    time: $0.time ?? UTCTime(milliseconds: 0), candidates: $0.candidates)
            }, rules: rules)
        for (index, said) in said.enumerated() {
            let choice = positions.choices[index]
            frames.append(
                Result { () throws(Refusal) in
                    try frame(said, choice) { positions.finding(of: index) }
                })
            guard said.timeChoice != nil || said.isTimeDisputed || said.candidates.count > 1 else {
                disputes.append(nil)
                continue
            }
            disputes.append(dispute(drive.frames[index], said, choice))
        }
    }

    /// All that is said of one frame, checked.
    private struct Said {
        var time: UTCTime?
        var timeChoice: Settlement.Choice?
        var isTimeDisputed = false
        /// Why the frame has no time.
        var refusal: Refusal?
        /// The position of the first source that has one to be believed.
        var own: Fix?
        /// What is wrong with the position of the first source that has one.
        var doubt: Finding?
        /// What the reader could not understand of the frame.
        var complaint: String?
        /// Places that differ.
        var candidates: [PositionSettlement.Candidate] = []
    }

    private func heard(of frame: RawFrame, at outcome: TimeSettlement.Outcome) -> Said {
        var said = Said()
        said.complaint = frame.complaint
        do throws(Refusal) {
            switch outcome {
            case .agreed(let time): said.time = try check.time(time, frame.complaint)
            case .settled(let time, let choice): (said.time, said.timeChoice) = (time, choice)
            case .disputed(let finding):
                said.isTimeDisputed = true
                throw Refusal(finding)
            }
        } catch {
            said.refusal = error
            return said
        }
        guard let time = said.time else { return said }
        if !drive.traceIsWitness { add(.trace, tracePlace(at: time), to: &said) }
        for testimony in frame.testimonies {
            guard let raw = testimony.fix else { continue }
            do throws(Refusal) {
                let fix = try check.fix(raw, time: time)
                if said.own == nil { said.own = fix }
                add(testimony.source, fix, to: &said)
            } catch {
                if said.doubt == nil { said.doubt = error.finding }
            }
        }
        if drive.traceIsWitness { add(.trace, tracePlace(at: time), to: &said) }
        return said
    }

    private func tracePlace(at time: UTCTime) -> Fix? {
        guard let place = try? track?.place(at: time, basis: .trace) else { return nil }
        return Fix(time: time, position: place.position, heading: nil, horizontalError: nil)
    }

    private func add(_ source: Settlement.Source, _ fix: Fix?, to said: inout Said) {
        guard let fix else { return }
        let near = said.candidates.firstIndex {
            Geodesy.distanceMillimetres($0.fix.position, fix.position) <= rules.sources.maxPositionDifference
        }
        if let near {
            said.candidates[near].sources.append(source)
        } else {
            said.candidates.append(PositionSettlement.Candidate(sources: [source], fix: fix))
        }
    }

    /// The frame as it is believed to be.
    private func frame(
        _ said: Said, _ choice: (candidate: Int, choice: Settlement.Choice)?, _ finding: () -> Finding
    ) throws(Refusal) -> VerifiedFrame {
        guard said.refusal == nil, let time = said.time else {
            throw said.refusal ?? Refusal(Finding(.timeMissing))
        }
        guard said.candidates.count > 1 else {
            // Without a trace a frame without a position of its own is nowhere.
            guard said.own != nil || track != nil else {
                throw Refusal(said.doubt ?? Finding(.positionMissing, message: said.complaint))
            }
            return VerifiedFrame(
                time: time, own: said.own, doubt: said.own == nil ? said.doubt : nil,
                isOwnPreferred: drive.traceIsWitness)
        }
        guard let choice else { throw Refusal(finding()) }
        let believed = said.candidates[choice.candidate]
        guard choice.choice.source == .trace else {
            return VerifiedFrame(time: time, own: believed.fix, doubt: nil, isOwnPreferred: true)
        }
        let agrees = believed.sources.count > 1
        return VerifiedFrame(time: time, own: nil, doubt: agrees ? nil : finding(), isOwnPreferred: false)
    }

    /// What was said of a frame whose sources differ, as differences from what is believed.
    private func dispute(
        _ raw: RawFrame, _ said: Said, _ choice: (candidate: Int, choice: Settlement.Choice)?
    ) -> Dispute {
        let testimonies = raw.testimonies
        let time = said.time ?? testimonies.compactMap(\.time).first
        let place = said.candidates.isEmpty ? nil : said.candidates[choice?.candidate ?? 0].fix.position
        var positions: [Coordinate] = []
        var heard: [Settlement.Heard] = []
        for testimony in testimonies {
            let position = testimony.fix.flatMap {
                Coordinate(latitude: $0.latitude, longitude: $0.longitude)
            }
            if let position { positions.append(position) }
            let later = testimony.time.flatMap { heard in
                time.flatMap { Self.difference(heard.milliseconds, $0.milliseconds) }
            }
            let distance = position.flatMap { from in
                place.map { Geodesy.distanceMillimetres(from, $0) }
            }
            guard later != nil || distance != nil else { continue }
            heard.append(Settlement.Heard(testimony.source, later: later, distance: distance))
        }
        if let time = said.time, let there = tracePlace(at: time)?.position {
            positions.append(there)
            heard.append(
                Settlement.Heard(
                    .trace, later: nil, distance: place.map { Geodesy.distanceMillimetres(there, $0) }))
        }
        return Dispute(
            settlement: Settlement(time: said.timeChoice, position: choice?.choice, heard: heard),
            positions: positions, time: said.time)
    }

    private static func difference(_ one: Int64, _ other: Int64) -> Int64? {
        let (difference, overflow) = one.subtractingReportingOverflow(other)
        return overflow ? nil : difference
    }
}
