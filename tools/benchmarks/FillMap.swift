import ArgumentParser
import GRDB
import Rewards
import Stages
import Store

/// `bench fill`: adds made uploads to the catalog of a workspace. `bench tiles` calls it as a program of its own, because
/// the memory that a process once had counts for every process it starts.
struct FillMap: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Add made drives to a workspace.", shouldDisplay: false)

    @Option(help: "The workspace.") var workspace: String
    @Option(help: "What decides the streets and drives.") var seed: UInt64
    @Option(help: "How many cities, from the first one.") var metros = 1
    @Option(help: "Frames of every city.") var frames: Int
    @Option(help: "Drives of every city.") var drives: Int
    @Option(help: "The number of the first drive.") var first = 0
    @Flag(help: "Leave the frames to be compared with each other.") var uncompared = false
    @Flag(help: "All drives of a city in one upload; otherwise every drive is one.") var together = false

    func run() throws {
        let path = "\(workspace)/catalog.sqlite"
        let catalog = try Catalog(path: path, for: .changing)
        let maker = try MadeUploads(seed: seed)
        for metro in 0..<metros {
            let uploads = together ? 1 : drives
            for number in 0..<uploads {
                let share = drives * number / uploads..<drives * (number + 1) / uploads
                let upload = try maker.upload(
                    metro: metro, drives: first + share.lowerBound..<first + share.upperBound,
                    frames: frames * (number + 1) / uploads - frames * number / uploads)
                _ = try catalog.add(
                    upload,
                    sighting: Sighting(
                        contributor: upload.contributor, path: "/made/\(upload.name)",
                        fingerprint: upload.content),
                    rules: Ruleset.standard.deduplicate,
                    cellPrecision: Int(Ruleset.standard.score.cellPrecision))
                if number % 32 == 31, !uncompared { try Self.markCompared(path) }
            }
        }
        if !uncompared { try Self.markCompared(path) }
        try catalog.checkpoint()
    }

    /// Says of all frames that they have been compared with each other, which a build would do first: random hashes are
    /// not near each other, and comparing all with all is not what is to be measured.
    private static func markCompared(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA synchronous = OFF; UPDATE frames SET pending = 0 WHERE pending = 1")
        }
    }
}
