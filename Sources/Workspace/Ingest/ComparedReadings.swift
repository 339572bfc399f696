import Rewards
import Stages

/// The readings of one drive, held against each other: what only all of its frames together tell.
struct ComparedReadings {
    /// The readings in their order, with the factors of quality that the drive tells, and refused where the ruleset
    /// refuses the drive for a flag.
    let readings: [FrameReading]
    /// What is implausible about the drive's pictures beside its trace.
    let flags: [Finding]

    init(_ readings: [FrameReading], rules: Ruleset) {
        let observed = readings.compactMap { try? $0.outcome.get() }
        flags = Plausibility.flags(of: observed, rules: rules.plausibility)
        let imagery = DriveImagery(observed, rules: rules.measure)
        let refusal = Plausibility.refusal(for: flags, rules: rules.plausibility)
        self.readings = readings.map { reading in
            guard let observation = try? reading.outcome.get() else { return reading }
            // The copy stays unnamed: nothing is kept of a refused frame.
            return FrameReading(
                bytes: reading.bytes, content: reading.content, copy: refusal == nil ? reading.copy : nil,
                outcome: refusal.map { .failure($0) }
                    ?? .success(imagery.applied(to: observation, rules: rules.measure)),
                refused: refusal == nil ? reading.refused : observation.image)
        }
    }
}
