import Canonical
import DriveFormats
import Geo

/// A frame whose time is sound.
public struct VerifiedFrame: Sendable {
    /// When it was captured.
    public let time: UTCTime
    /// The position given for the frame itself; nil where there is none, or none to be believed.
    public let own: Fix?
    /// Why the frame's own position is not believed.
    public let doubt: Finding?
    /// Whether the frame's own position is believed more than the trace.
    public let isOwnPreferred: Bool
}

/// A drive whose times and coordinates are checked, frame by frame.
public struct VerifiedDrive: Sendable {
    /// What the upload calls the camera.
    public let device: String?
    /// One entry for every frame of the raw drive, in its order.
    public let frames: [Result<VerifiedFrame, Refusal>]
    /// The fixes to place frames on.
    public let trace: Trace
    /// Whether the fixes of the trace are those of the frames themselves.
    public let traceIsOfFrames: Bool
    /// How it was settled what to believe of each frame; nil where its sources do not differ.
    public var settlements: [Settlement?] { disputes.map { $0?.settlement } }
    /// What was found out about the drive's clocks, in words.
    public let remarks: [String]

    let disputes: [Dispute?]
}

/// A finding thrown or returned as the reason of a rejection.
public struct Refusal: Error, Sendable, Hashable {
    /// What was found.
    public let finding: Finding

    /// A refusal because of `finding`.
    public init(_ finding: Finding) {
        self.finding = finding
    }
}

/// The first stage: what the upload says, held against what can be, and against what else it says.
public enum Verify {
    /// Checks the times and coordinates of `drive` as of `asOf`, settles what to believe where its sources differ, and checks
    /// the speeds between its fixes.
    public static func drive(_ drive: RawDrive, asOf: UTCTime, rules: DriveRules) -> VerifiedDrive {
        let check = FixCheck(asOf: asOf, rules: rules.verify, locate: rules.locate)
        let trace = drive.trace.isEmpty ? nil : trace(drive.trace, check, rules.verify)
        let agreement = SourceAgreement(drive, trace: trace, check: check, rules: rules)
        var frames = agreement.frames
        // Whatever else places them, frames whose own positions cannot all be true are not believed.
        let owners = frames.indices.filter { (try? frames[$0].get())?.own != nil }
        let cut = TraceCut(owners.compactMap { try? frames[$0].get().own }, rules: rules.verify)
        for (outlier, finding) in cut.outliers {
            guard case .success(let frame) = frames[owners[outlier]] else { continue }
            frames[owners[outlier]] = .success(
                VerifiedFrame(time: frame.time, own: nil, doubt: finding, isOwnPreferred: false))
        }
        let ofFrames = Trace(
            parts: cut.parts, refused: drive.frames.count - owners.count, outliers: cut.outliers.count,
            maxSpeed: rules.verify.maxSpeed)
        return VerifiedDrive(
            device: drive.device, frames: frames, trace: trace ?? ofFrames, traceIsOfFrames: trace == nil,
            remarks: agreement.remarks, disputes: agreement.disputes)
    }

    private static func trace(_ raw: [RawFix], _ check: FixCheck, _ rules: VerifyRules) -> Trace {
        let fixes = raw.compactMap { raw in try? check.fix(raw, time: check.time(raw.time, nil)) }
        let cut = TraceCut(fixes, rules: rules)
        return Trace(
            parts: cut.parts, refused: raw.count - fixes.count, outliers: cut.outliers.count,
            maxSpeed: rules.maxSpeed)
    }
}

/// The checks on one time or one fix alone.
struct FixCheck {
    let asOf: UTCTime
    let rules: VerifyRules
    let locate: LocateRules

    func time(_ time: UTCTime?, _ complaint: String?) throws(Refusal) -> UTCTime {
        guard let time else { throw Refusal(Finding(.timeMissing, message: complaint)) }
        guard time.milliseconds >= rules.earliestTime else {
            throw Refusal(
                Finding(
                    .timeBefore2000, value: time.milliseconds, limit: rules.earliestTime,
                    unit: "ms since 1970"))
        }
        guard time <= asOf else {
            throw Refusal(
                Finding(
                    .timeFuture, value: time.milliseconds, limit: asOf.milliseconds, unit: "ms since 1970"))
        }
        return time
    }

    func fix(_ raw: RawFix, time: UTCTime) throws(Refusal) -> Fix {
        guard raw.latitude.isFinite, raw.longitude.isFinite else {
            throw Refusal(Finding(.positionNotFinite))
        }
        guard let position = Coordinate(latitude: raw.latitude, longitude: raw.longitude) else {
            throw Refusal(Finding(.positionOutOfRange, message: "\(raw.latitude),\(raw.longitude)"))
        }
        let offset = Int64(max(position.latitudeE7.magnitude, position.longitudeE7.magnitude))
        guard offset >= rules.nullIslandE7 else {
            throw Refusal(
                Finding(.positionNullIsland, value: offset, limit: rules.nullIslandE7, unit: "10^-7 degree"))
        }
        return Fix(
            time: time, position: position, heading: Self.centidegrees(raw.heading),
            horizontalError: horizontalError(raw))
    }

    private func horizontalError(_ raw: RawFix) -> Int64? {
        // Receivers write 0 or 99.99 where they know nothing (hivemapper-data-logger, neom9n datafeed).
        if let error = Self.scaled(raw.horizontalError, 1000), error > 0 { return error }
        guard let hdop = Self.scaled(raw.hdop, 1000), hdop > 0, hdop < locate.unknownHDOP else { return nil }
        return Int64(clamping: Int128(hdop) * Int128(locate.errorPerHDOP) / 1000)
    }

    private static func centidegrees(_ heading: Double?) -> Int? {
        guard let heading, (0.0..<360.0).contains(heading) else { return nil }
        return Int((heading * 100).rounded()) % 36_000
    }

    private static func scaled(_ value: Double?, _ scale: Double) -> Int64? {
        guard let value, (0...1_000_000).contains(value) else { return nil }
        return Int64((value * scale).rounded())
    }
}
