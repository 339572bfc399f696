import Canonical

@testable import Rewards

/// The published files of one epoch, in memory, to be spoilt.
struct PublishedFiles: Equatable {
    var manifest: [UInt8] = []
    private(set) var files: [[UInt8]?] = Array(repeating: [], count: EpochFile.allCases.count)

    subscript(file: EpochFile) -> [UInt8]? {
        get { files[file.rawValue] }
        set { files[file.rawValue] = newValue }
    }

    mutating func append(_ line: [UInt8], to file: EpochFile) {
        files[file.rawValue]?.append(contentsOf: line + [0x0A])
    }

    /// The lines of `file`.
    func lines(of file: EpochFile) -> [[UInt8]] {
        (files[file.rawValue] ?? []).split(separator: 0x0A).map { Array($0) }
    }

    /// The epoch as a verifier sees it.
    var epoch: PublishedEpoch {
        let files = files
        return PublishedEpoch(manifest: manifest) { files[$0.rawValue].map { LineReader($0) } }
    }

    /// The awards.
    func awards() throws -> [Award] { try lines(of: .awards).map { try Award(line: $0) } }
    /// The passes.
    func scores() throws -> [PassLine] { try lines(of: .scores).map { try PassLine(line: $0) } }
}

extension ManifestVerifier {
    /// What a verifier finds in `chain`.
    static func verify(_ chain: [PublishedFiles], _ rulesets: [ContentHash: [UInt8]]) throws
        -> VerificationReport
    {
        try verify(chain: chain.map(\.epoch), rulesets: rulesets)
    }
}
