import ArgumentParser
import Canonical
import Rewards
import Workspace

/// `waggle audit`: whether what should be there is there.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Show, a share a day, that the kept frames are still there.",
        discussion: """
            EXAMPLES:
              waggle audit storage --day 3 --of 30 --root 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
              waggle audit storage --day 3 --of 30 --checkpoint checkpoint --key auditor.pem -o day-3.json
              waggle audit verify day-3.json --key auditor.pem.pub

            docs/audit.md describes the challenge and the report.
            """,
        subcommands: [AuditStorageCommand.self, AuditVerifyCommand.self])
}

/// What is said about visits.
enum AuditReporting {
    static func members(_ visit: StorageVisit, _ challenge: StorageChallenge) -> [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = ["frame": .string(visit.frame.hex)]
        switch visit.outcome {
        case .passed(let size, let answer):
            let range = challenge.range(of: visit.frame, size: size)
            members["bytes"] = .integer(Int64(clamping: size))
            members["first"] = .integer(Int64(clamping: range.lowerBound))
            members["end"] = .integer(Int64(clamping: range.upperBound))
            members["answer"] = .string(answer.hex)
            members["fault"] = .null
        case .fault(let fault):
            for name in ["bytes", "first", "end", "answer"] { members[name] = .null }
            members["fault"] = .string(fault.rawValue)
        }
        return members
    }

    static func members(_ challenge: StorageChallenge) -> [String: CanonicalJSON] {
        [
            "root": .string(challenge.root.hex), "period": .integer(Int64(clamping: challenge.period)),
            "day": .integer(challenge.day), "days": .integer(challenge.days),
        ]
    }
}
