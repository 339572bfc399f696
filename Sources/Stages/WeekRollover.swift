import Canonical
import DriveFormats

/// Puts right the times of receivers that count weeks from the wrong beginning.
///
/// GPS sends the number of the week in ten bits (IS-GPS-200, 20.3.3.3.1.1): a receiver that does not know which 1024 weeks it
/// lives in tells times that are 1024 weeks, 19.6 years, early or late.
public enum WeekRollover {
    /// 1024 weeks in milliseconds.
    static let period: Int64 = 1024 * 7 * 86_400_000

    /// `drive` with its trace shifted by 1024 or 2048 weeks, where that alone makes it a trace of the drive's frames: as it
    /// stands none of them lies on it, shifted one way as many do as must agree about a clock, and shifted another way none
    /// does.
    public static func repaired(_ drive: RawDrive, rules: SourceRules) -> RawDrive {
        let fixes = drive.trace.compactMap(\.time).sorted()
        let frames = drive.frames.compactMap { $0.capturedAt ?? $0.fix?.time }
        guard let first = fixes.first, let last = fixes.last, !frames.isEmpty,
            covered(frames, first, last, by: 0) == 0
        else { return drive }
        let shifts = [1, 2, -1, -2].map { $0 * period }.map { shift in
            (shift: shift, frames: covered(frames, first, last, by: shift))
        }.filter { $0.frames > 0 }
        guard shifts.count == 1, let only = shifts.first,
            Int64(only.frames) * 1000 >= Int64(frames.count) * rules.minClockAgreement
        else { return drive }
        var result = drive
        result.trace = drive.trace.map { fix in
            var fix = fix
            fix.time = fix.time.flatMap { shifted($0, by: only.shift) }
            return fix
        }
        let weeks = only.shift / period * 1024
        result.remarks.append(
            "the times of the trace were \(abs(weeks)) weeks too \(weeks > 0 ? "early" : "late"), as its receiver counted "
                + "weeks from another beginning; they were put right")
        return result
    }

    private static func covered(_ frames: [UTCTime], _ first: UTCTime, _ last: UTCTime, by shift: Int64)
        -> Int
    {
        guard let first = shifted(first, by: shift), let last = shifted(last, by: shift) else { return 0 }
        return frames.count { first <= $0 && $0 <= last }
    }

    private static func shifted(_ time: UTCTime, by shift: Int64) -> UTCTime? {
        let (milliseconds, overflow) = time.milliseconds.addingReportingOverflow(shift)
        return overflow ? nil : UTCTime(milliseconds: milliseconds)
    }
}
