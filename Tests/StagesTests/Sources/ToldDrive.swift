import Canonical
import DriveFormats

@testable import Stages

/// A drive northwards, one frame a second, of whose frames several sources tell.
struct ToldDrive {
    var frames: [RawFrame]
    var trace: [RawFix] = []
    var traceIsWitness = false

    /// `count` frames at `metresPerSecond`, `step` seconds apart, as `source` tells them.
    init(_ count: Int, metresPerSecond: Double = 10, step: Double = 1, source: RawTestimony.Source = .sidecar)
    {
        frames = (0..<count).map { number in
            let seconds = Double(number) * step
            return RawFrame(
                source: ByteSource(path: "\(number).jpg"),
                fix: SampleTrip.fix(seconds, north: seconds * metresPerSecond), origin: source,
                clock: .satellites)
        }
    }

    /// Lets `source` say of each frame what `said` makes of its own fix; nil says nothing.
    mutating func add(
        _ source: RawTestimony.Source, clock: RawTestimony.Clock = .device,
        _ said: (Int, RawFix) -> (fix: RawFix?, time: UTCTime?)?
    ) {
        for index in frames.indices {
            guard let own = frames[index].fix, let heard = said(index, own) else { continue }
            frames[index].others.append(
                RawTestimony(source, fix: heard.fix, time: heard.time, clock: clock))
        }
    }

    /// Lets `source` say of each frame the place that `said` makes of its own fix.
    mutating func addPlace(_ source: RawTestimony.Source, _ said: (Int, RawFix) -> RawFix?) {
        add(source) { index, own in said(index, own).map { ($0, nil) } }
    }

    var raw: RawDrive {
        var drive = RawDrive(device: nil, frames: frames, trace: trace)
        drive.traceIsWitness = traceIsWitness
        return drive
    }

    var verified: VerifiedDrive { SampleTrip.verified(raw) }

    var places: [Result<Place, Refusal>] { SampleTrip.located(raw) }
}

extension RawFix {
    /// The fix `north` and `east` of here, in metres; good for some kilometres.
    func moved(north: Double = 0, east: Double = 0) -> RawFix {
        var fix = self
        fix.latitude += north / 111_194.926_6
        fix.longitude += east / (111_194.926_6 * 0.790_155)
        return fix
    }
}
