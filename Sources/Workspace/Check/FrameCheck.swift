import Geo
import Stages
import Store

/// What must hold for every frame of the catalog alone.
enum FrameCheck {
    static func finding(_ frame: FrameView, cellPrecision: Int) -> CheckFinding? {
        if let problem = problem(frame, cellPrecision) {
            return CheckFinding(code: "frame.\(problem.code)", place: frame.name, detail: problem.detail)
        }
        return nil
    }

    private static func problem(_ frame: FrameView, _ cellPrecision: Int) -> (code: String, detail: String)? {
        switch frame.verdict {
        case .rejected:
            if frame.finding == nil { return ("no_reason", "rejected without a rule") }
        case .accepted, .duplicate:
            guard let observed = frame.observed else {
                return ("no_observation", "\(frame.verdict) without one")
            }
            if frame.content == nil { return ("no_hash", "\(frame.verdict), but its bytes were not read") }
            if observed.quality.permille != observed.permille {
                return ("quality", "\(observed.permille), but its factors give \(observed.quality.permille)")
            }
            if Geohash(of: observed.place.position, precision: cellPrecision) != observed.cell {
                return ("cell", "\(observed.cell) does not hold \(observed.place.position)")
            }
            if frame.verdict == .duplicate, frame.original == nil {
                return ("no_original", "a duplicate of nothing")
            }
        }
        return nil
    }
}
