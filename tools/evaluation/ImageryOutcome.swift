import Imaging
import Rewards
import Stages

/// How drives whose pictures contradict their trace are told from honest ones.
struct ImageryOutcome {
    /// Drives of one kind.
    struct Detection {
        let name: String
        let rule: Rule?
        /// The least share that is promised to be found, thousandths; nil where nothing is promised, or, without a rule, where
        /// none may be.
        let minShare: Int?
        var drives = 0
        var found = 0
        /// The least and the greatest measured value, where a rule spoke.
        var values: [Int64] = []

        var keepsPromise: Bool {
            guard let minShare else { return rule != nil || found == 0 }
            return drives > 0 && found * 1000 >= minShare * drives
        }
    }

    let set: LabelledSet
    private(set) var kinds: [Detection] = []

    var keepsPromises: Bool { kinds.allSatisfy(\.keepsPromise) }

    /// Frames of a drive.
    private static let length = 40

    init(of set: LabelledSet, rules: Ruleset) throws {
        self.set = set
        let images = try set.frames.map { try FaultOutcome.measured($0, rules) }
        // The same pictures, encoded again: no two frames of a frozen drive have the same bytes.
        let again = try set.frames.map { frame in
            try FaultOutcome.measured(
                try Raster(decoding: frame).brightened(permille: 970).encoded(quality: 60), rules)
        }
        let starts = Array(stride(from: 0, through: images.count - Self.length, by: 2))
        func frozen(_ start: Int, _ number: Int) -> ImageMeasurement {
            number % 2 == 0 ? images[start] : again[start]
        }
        try add("honest, moving", nil, nil, rules, starts.map { Array(images[$0..<$0 + Self.length]) })
        try add(
            "frozen", .traceFrozen, 950, rules,
            images.indices.map { start in (0..<Self.length).map { frozen(start, $0) } })
        try add(
            "frozen from the middle on", .traceFrozen, 950, rules,
            starts.map { start in
                (0..<Self.length).map { number in
                    number < Self.length / 2
                        ? images[start + number] : frozen(start + Self.length / 2, number)
                }
            })
        for loop in [5, 10, 20] {
            try add(
                "a loop of \(loop) pictures", .traceFrozen, 950, rules,
                images.indices.dropLast(loop).map { start in
                    (0..<Self.length).map { number in
                        (number / loop % 2 == 0 ? images : again)[start + number % loop]
                    }
                })
        }
        try add(
            "honest, standing", nil, nil, rules,
            images.indices.map { start in (0..<Self.length).map { frozen(start, $0) } }, step: 0)
        try add("honest, standing in traffic", nil, nil, rules, try traffic(rules), step: 0)
        try add(
            "pictures of a drive, standing trace", .traceMotion, set.isMonotonous ? nil : 950, rules,
            starts.map { Array(images[$0..<$0 + Self.length]) }, step: 0)
    }

    /// Drives of a standing car before which lorries pass.
    private func traffic(_ rules: Ruleset) throws -> [[ImageMeasurement]] {
        try stride(from: 0, to: set.frames.count, by: 12).map { start in
            let raster = try Raster(decoding: set.frames[start])
            let passing = try (0..<8).map { place in
                try FaultOutcome.measured(
                    try raster.passed(left: place * 150 - 150, width: 260).encoded(quality: 85), rules)
            }
            return (0..<Self.length).map { passing[$0 % passing.count] }
        }
    }

    private mutating func add(
        _ name: String, _ rule: Rule?, _ minShare: Int?, _ rules: Ruleset, _ drives: [[ImageMeasurement]],
        step: Int = MadePlaces.step
    ) throws {
        var detection = Detection(name: name, rule: rule, minShare: minShare)
        for drive in drives {
            let frames = try MadePlaces.observations(of: drive, step: step, rules: rules.measure)
            let flags = Plausibility.flags(of: frames, rules: rules.plausibility).filter { flag in
                rule.map { $0 == flag.rule } ?? true
            }
            detection.drives += 1
            if !flags.isEmpty { detection.found += 1 }
            detection.values += flags.compactMap(\.value)
        }
        kinds.append(detection)
    }
}
