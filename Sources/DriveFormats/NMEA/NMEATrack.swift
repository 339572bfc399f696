import Canonical

/// Makes fixes of what the sentences of a log say, in their order.
struct NMEATrack {
    /// The fixes so far, without times where ``isDated`` is false.
    private(set) var fixes: [RawFix] = []
    /// Epochs without a position.
    private(set) var voidEpochs = 0
    /// Positions in sentences that tell no time, which are left out.
    private(set) var untimed = 0
    private var calendar = NMEACalendar()
    private var epoch: NMEAEpoch?

    /// Whether the log has told a date.
    var isDated: Bool { calendar.isDated }

    /// Adds what the next sentence says. A sentence without a time of its own belongs to the epoch it follows.
    mutating func add(_ report: NMEAReport) {
        if let time = report.time {
            if epoch?.time != time {
                endEpoch()
                epoch = NMEAEpoch(time: time)
            }
        } else if report.kind.hasTime {
            if report.position != nil { untimed += 1 }
            // The void sentence of another instant must not take the last epoch's position away.
            if report.isVoid { endEpoch() }
            return
        }
        epoch?.add(report)
    }

    /// Takes the sentences since the last new time for a whole epoch.
    mutating func endEpoch() {
        guard let epoch else { return }
        self.epoch = nil
        if epoch.isVoid { voidEpochs += 1 }
        guard var fix = epoch.fix else { return }
        // Only what a receiver with a position says is believed of the time: without one, its clock may be years off.
        let (time, correction) = calendar.time(epoch.time, date: epoch.day)
        if let correction { move(by: correction) }
        fix.time = UTCTime(milliseconds: time)
        fixes.append(fix)
    }

    private mutating func move(by correction: Int64) {
        for index in fixes.indices {
            fixes[index].time = fixes[index].time.map {
                UTCTime(milliseconds: $0.milliseconds + correction)
            }
        }
    }
}
