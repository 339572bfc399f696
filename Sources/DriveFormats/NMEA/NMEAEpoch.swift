import Canonical

/// The sentences of one instant, which together make one fix.
struct NMEAEpoch {
    /// Milliseconds since midnight UTC.
    let time: Int64
    private(set) var day: CalendarDay?
    /// Whether one of the sentences says that there is no position.
    private(set) var isVoid = false
    private var position: (latitude: Double, longitude: Double)?
    private var speed: Double?
    private var course: Double?
    private var hdop: Double?
    private var satellites: UInt16?

    /// An epoch of which nothing is known but its time.
    init(time: Int64) {
        self.time = time
    }

    /// Adds what one of its sentences says. RMC knows speed and course best, and GGA the dilution; else the first counts.
    mutating func add(_ report: NMEAReport) {
        isVoid = isVoid || report.isVoid
        if day == nil { day = report.day }
        if position == nil { position = report.position }
        if satellites == nil { satellites = report.satellites }
        if let value = report.speed, speed == nil || report.kind == .rmc { speed = value }
        if let value = report.course, course == nil || report.kind == .rmc { course = value }
        if let value = report.hdop, hdop == nil || report.kind == .gga { hdop = value }
    }

    /// The fix, still without its time; nil where there is none.
    var fix: RawFix? {
        guard !isVoid, let position else { return nil }
        return RawFix(
            time: nil, latitude: position.latitude, longitude: position.longitude, heading: course,
            speed: speed, hdop: hdop, satellites: satellites)
    }
}
