import ArgumentParser
import Canonical
import Glibc
import Rewards
import Store
import Workspace

/// `waggle log`: the transparency log of rulesets, inputs and manifests.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show, sign, prove and verify the transparency log.",
        discussion: """
            Whatever an epoch is computed from and comes to is written into a log that can only grow. Its checkpoint, \
            signed by the operator and if possible by witnesses, stands for all of it: who keeps one can prove that \
            nothing was taken back since. Closing an epoch appends to the log; signing is a step of its own, so that the \
            key can be kept away.

            EXAMPLES:
              waggle log show
              waggle log sign --key log.key
              waggle log verify --policy policy.txt
              waggle log prove 2 -o manifest.tlog-proof
              waggle log verify --proof manifest.tlog-proof --policy policy.txt

            docs/log.md describes every file to the byte.
            """,
        subcommands: [
            LogShowCommand.self, LogSignCommand.self, LogProveCommand.self, LogVerifyCommand.self,
            LogWitnessCommand.self, LogAdoptCommand.self, LogRotateCommand.self,
        ])
}

/// Which log a command works on.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The directory 'published' whose log it is; without it, the workspace's.", valueName: "dir"))
    var published: String?

    @OptionGroup var workspace: WorkspaceOptions

    /// Does `body` with the path of the directory `published`. A workspace is held while it is changed.
    func with<Result>(_ access: Workspace.Access, _ body: (String) throws -> Result) throws -> Result {
        if let published { return try body(published) }
        let opened = try workspace.open(for: access)
        return try withExtendedLifetime(opened) { try body(opened.layout.published) }
    }
}

/// The private keys to sign with.
struct LogKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A private key, from 'waggle key new'; only its owner may be able to read the file.",
            valueName: "file"))
    var key: [String] = []

    @Option(
        name: .customLong("key-fd"),
        help: ArgumentHelp("Read a private key from this open descriptor.", valueName: "number"))
    var descriptors: [Int32] = []

    func validate() throws {
        if key.isEmpty && descriptors.isEmpty { throw ValidationError("name a key with --key or --key-fd") }
        if descriptors.contains(where: { $0 < 0 }) {
            throw ValidationError("--key-fd takes a number from 0 on")
        }
    }

    func signers() throws -> [NoteSigner] {
        let sources = key.map(NoteKeyFiles.Source.file) + descriptors.map(NoteKeyFiles.Source.descriptor)
        return try sources.map { try NoteKeyFiles.signer($0) }
    }

    /// The only key.
    func signer() throws -> NoteSigner {
        guard key.count + descriptors.count == 1, let signer = try signers().first else {
            throw ValidationError("name one key")
        }
        return signer
    }
}

/// Files that commands of the log read.
enum LogFiles {
    static func policy(_ path: String) throws -> LogPolicy {
        let bytes = try StoredFile.read(path, maxBytes: LogPolicy.maxBytes)
        do throws(LogError) { return try LogPolicy(parsing: bytes) } catch {
            throw LogError(.policyForm, error.description, at: path)
        }
    }

    /// A checkpoint that somebody kept, given as an argument.
    static func kept(_ path: String) throws -> SignedNote {
        let bytes = try StoredFile.read(path, maxBytes: SignedNote.maxBytes)
        do throws(LogError) {
            let note = try SignedNote(parsing: bytes)
            _ = try Checkpoint(text: note.text)
            return note
        } catch { throw ValidationError("\(path) is no checkpoint: \(error)") }
    }

    static func note(_ path: String) throws -> SignedNote {
        let bytes = try StoredFile.read(path, maxBytes: SignedNote.maxBytes)
        do throws(LogError) { return try SignedNote(parsing: bytes) } catch {
            throw LogError(error.code, error.description, at: path)
        }
    }

    /// Writes a text for somebody else to the file `path`, or without one to stdout, where no records go.
    static func write(_ bytes: [UInt8], to path: String?, _ options: OutputOptions, saying line: String)
        throws
    {
        if let path {
            try DurableWrite.file(bytes, at: path)
            options.output.line(line)
        } else if !options.json {
            Output.write(bytes, to: STDOUT_FILENO)
        }
    }

    static func key(_ text: String) throws -> NoteKey { try NoteKey(vkey: text) }
}

/// What is said about checkpoints and entries.
enum LogReporting {
    static func members(_ checkpoint: Checkpoint) -> [String: CanonicalJSON] {
        [
            "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
            "root": .string(checkpoint.root.hex),
        ]
    }

    static func members(_ entry: LogEntry, index: UInt64) -> [String: CanonicalJSON] {
        [
            "index": .integer(index), "kind": .string(entry.kind.rawValue),
            "epoch": entry.epoch.map { .string($0.id) } ?? .null, "leaf": .string(entry.leafHash.hex),
            "body": entry.body,
        ]
    }

    static func witnesses(_ signatures: [VerifiedNote.Signature]) -> String {
        signatures.map { signature in
            let time = signature.time.map {
                UTCTime(milliseconds: Int64(clamping: $0).multipliedClamped(by: 1000))
            }
            return "\(signature.key.name) at \(time.map(\.description) ?? "no time")"
        }.joined(separator: ", ")
    }
}

extension Int64 {
    /// The product, or the nearest that 64 bits can express.
    fileprivate func multipliedClamped(by factor: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? (self < 0) == (factor < 0) ? .max : .min : product
    }
}
