extension ManifestFinding.Code {
    /// The code of a wrong line of `file`.
    static func of(_ file: EpochFile) -> Self {
        switch file {
        case .inputs: .inputsWrong
        case .verdicts: .verdictsWrong
        case .scores: .scoresWrong
        case .explain: .explainWrong
        case .awards: .awardsWrong
        case .corrections: .correctionsWrong
        case .cumulative: .cumulativeWrong
        }
    }

    /// The code of a difference in this member of the manifest.
    static func of(member: String) -> Self {
        if let file = EpochFile.allCases.first(where: { "\($0)" == member }) { return of(file) }
        return switch member {
        case "format": .formatUnknown
        case "previous": .previousWrong
        case "window": .windowWrong
        case "ruleset", "rulesets": .rulesetsWrong
        case "seed": .seedWrong
        case "budget", "pools": .poolsWrong
        case "paid", "unallocated", "recovered", "points_total": .totalsWrong
        case "concentration": .concentrationWrong
        case "takedowns": .takedownsWrong
        case "bounties": .bountiesWrong
        default: .memberUnknown
        }
    }
}

extension ManifestError {
    /// The code under which the verifier reports it.
    var code: ManifestFinding.Code {
        switch self {
        case .frameTwice: .frameTwice
        case .frameOrder, .frameWithoutTime: .verdictsUnreadable
        case .driveUnknown, .driveDiffers, .driveTwice, .driveWithoutFrames, .driveChanged: .driveWrong
        case .frameOutsideEpoch: .frameOutsideEpoch
        case .wrongPrecision: .cellPrecision
        case .sealedTooEarly: .sealedTooEarly
        case .rulesetsChanged: .rulesetsWrong
        case .bountyTwice, .bountyTooLate: .bountiesWrong
        case .correctionTwice, .correctionTooLate, .correctionUnfounded: .correctionUnfounded
        case .correctionUnsigned: .signatureWrong
        case .totalTooLarge: .totalTooLarge
        case .takedownTwice: .takedownTwice
        case .takedownTooLate: .takedownTooLate
        case .takedownUnknown: .takedownUnknown
        case .takedownUnfounded: .takedownUnfounded
        case .takedownIgnored: .takedownIgnored
        }
    }
}
