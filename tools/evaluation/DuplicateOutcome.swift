import Canonical
import Imaging
import Rewards
import Stages

/// How duplicates are told from different frames in one set.
struct DuplicateOutcome {
    /// What became of the copies that one attack made.
    struct Recall {
        let attack: Attack
        /// Copies made, and those found to be copies of their original.
        var copies = 0
        var found = 0
        /// Copies found to be copies of another frame.
        var mistaken = 0
        /// How they were found.
        var asIs = 0
        var mirrored = 0
        var cropped = 0

        /// Whether as many were found as are promised.
        var keepsPromise: Bool { attack.minRecall.map { found * 1000 >= $0 * copies } ?? true }
    }

    let set: LabelledSet
    private(set) var attacks: [Recall] = []
    /// Pairs of different frames, and those called the same picture.
    private(set) var pairs = 0
    private(set) var confused = 0
    /// The least PDQ distance of different frames: as they are, of consecutive ones, and of a variant to another frame.
    private(set) var leastDistance = 256
    private(set) var leastConsecutive = 256
    private(set) var leastVariant = 256

    /// Whether the promised recall is kept for every attack, and no two different frames of the set are confused.
    var keepsPromises: Bool {
        confused == 0
            && attacks.allSatisfy { $0.mistaken == 0 && (set.exemption != nil || $0.keepsPromise) }
    }

    /// Attacks the frames of `set`.
    init(of set: LabelledSet, rules: Ruleset) throws {
        self.set = set
        let originals = try set.frames.map { try Self.hashes($0, rules) }
        compare(originals, rules.deduplicate)
        let rasters = try set.frames.map { try Raster(decoding: $0) }
        for attack in Attack.all {
            var recall = Recall(attack: attack)
            for (number, raster) in rasters.enumerated() {
                let copy = try Self.hashes(try attack.copy(of: raster), rules)
                recall.copies += 1
                for (other, original) in originals.enumerated() {
                    guard let match = copy.match(original, rules: rules.deduplicate) else { continue }
                    if other != number {
                        recall.mistaken += 1
                        continue
                    }
                    recall.found += 1
                    switch match {
                    case .exact, .near: recall.asIs += 1
                    case .mirrored: recall.mirrored += 1
                    case .cropped: recall.cropped += 1
                    }
                }
            }
            attacks.append(recall)
        }
    }

    private static func hashes(_ bytes: [UInt8], _ rules: Ruleset) throws -> PictureHashes {
        var measure = rules.measure
        // Whether a copy is large enough to be accepted is not the question.
        measure.minShorterSide = 1
        let image = try Measure.image(bytes, rules: measure, duplicates: rules.deduplicate)
        return PictureHashes(
            content: .of(bytes), dHash: image.dHash, pdq: image.pdq, variants: image.variants,
            pdqQuality: image.pdqQuality)
    }

    private mutating func compare(_ frames: [PictureHashes], _ rules: DeduplicateRules) {
        for (number, frame) in frames.enumerated() {
            for (other, second) in frames.enumerated() where other != number {
                for variant in frame.variants.all {
                    leastVariant = min(leastVariant, variant.distance(to: second.pdq))
                }
                guard other > number else { continue }
                pairs += 1
                if frame.match(second, rules: rules) != nil { confused += 1 }
                let distance = frame.pdq.distance(to: second.pdq)
                leastDistance = min(leastDistance, distance)
                if other == number + 1 { leastConsecutive = min(leastConsecutive, distance) }
            }
        }
    }
}
