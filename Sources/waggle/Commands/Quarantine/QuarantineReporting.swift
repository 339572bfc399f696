import Canonical
import Store
import Workspace

/// What is said about a quarantined upload.
enum QuarantineReporting {
    /// Where the files are, in a word: `quarantine`, `delivered` or `gone`.
    static func word(_ files: QuarantinedUpload.Files) -> String {
        switch files {
        case .kept: "quarantine"
        case .delivered: "delivered"
        case .gone: "gone"
        }
    }

    /// What became of an upload that has left, in words.
    static func text(_ outcome: QuarantineExit.Outcome) -> String {
        switch outcome {
        case .ingested(let upload): "read as upload \(upload)"
        case .replaced(let name): "refused for another reason, see \(name)"
        case .dropped: "dropped"
        }
    }

    static func members(_ upload: QuarantinedUpload) -> [String: CanonicalJSON] {
        let directories: [String] =
            switch upload.files {
            case .kept(let copies): copies
            case .delivered(let path): [path]
            case .gone: []
            }
        return members(upload.record).merging([
            "state": .string("held"), "files": .string(word(upload.files)),
            "directories": .array(directories.map { .string($0) }),
        ]) { $1 }
    }

    static func members(_ exit: QuarantineExit) -> [String: CanonicalJSON] {
        var members = members(exit.record)
        members["left_at"] = .integer(exit.at.milliseconds)
        switch exit.outcome {
        case .ingested(let upload):
            members["state"] = .string("ingested")
            members["upload"] = .string(upload)
        case .replaced(let name):
            members["state"] = .string("replaced")
            members["successor"] = .string(name)
        case .dropped: members["state"] = .string("dropped")
        }
        return members
    }

    private static func members(_ record: QuarantineRecord) -> [String: CanonicalJSON] {
        [
            "quarantine": .string(record.name), "contributor": .string(record.contributor),
            "source": .string(record.source), "received_at": .integer(record.receivedAt.milliseconds),
            "code": .string(record.code), "place": .string(record.place), "reason": .string(record.reason),
            "remedy": .string(record.remedy),
        ]
    }

    /// Everything an entry says, for people.
    static func story(_ record: QuarantineRecord, _ output: Output) {
        output.line("Quarantined upload \(record.name)")
        output.line(
            "  delivered by \(record.contributor) as \(record.source), received \(record.receivedAt)")
        output.line("  refused by \(record.code)")
        output.line("  where:      \(record.place)")
        output.line("  why:        \(record.reason)")
        output.line("  what to do: \(record.remedy)")
    }
}
