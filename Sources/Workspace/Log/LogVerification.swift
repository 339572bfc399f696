import Canonical
import Glibc
import Rewards
import Store

/// Holds a published log against itself, against the manifests beside it, and against those whom somebody trusts.
public struct LogVerification {
    private let published: String
    private let log: LogDirectory
    private var report = LogReport()

    private init(_ published: String) {
        self.published = published
        log = LogDirectory("\(published)/log")
    }

    /// Verifies the log below the directory `published`.
    ///
    /// - Parameters:
    ///   - policy: Whose signatures count; without one, signatures are not verified.
    ///   - seen: A checkpoint seen before, with which the log must begin.
    public static func run(published: String, policy: LogPolicy? = nil, seen: SignedNote? = nil) throws
        -> LogReport
    {
        var verification = LogVerification(published)
        try verification.verify(policy, seen)
        return verification.report
    }

    private mutating func find(_ code: String, _ place: String, _ detail: String) {
        report.findings.append(CheckFinding(code: code, place: place, detail: detail))
    }

    /// Does `body`; what it throws about the log or its files is a finding.
    private mutating func attempt(_ place: String, _ body: (inout LogVerification) throws -> Void) throws {
        do { try body(&self) } catch let error as LogError {
            if error.isOfSignature { report.hasBadSignature = true }
            find(error.code.findingCode, error.place.isEmpty ? place : error.place, error.reason)
        } catch let failure as FileFailure { find("log.unreadable", failure.path, failure.description) }
    }

    private mutating func verify(_ policy: LogPolicy?, _ seen: SignedNote?) throws {
        try attempt("log") { this in
            let head = try this.log.head()
            let contents = try LogContents(size: head.size) { try this.log.bytes(of: $0) }
            this.report.contents = contents
            try contents.check(head.size, head.root, named: "head")
        }
        guard let contents = report.contents else { return }
        for tile in LogTile.tiles(of: contents.size) {
            try attempt(tile.path) { this in
                if try !contents.isRight(try this.log.bytes(of: tile), tile) {
                    throw LogError(.tileDamaged, "it has other hashes than the entries give", at: tile.path)
                }
            }
        }
        try attempt("checkpoint") { this in
            guard let note = try this.log.checkpoint() else {
                if policy != nil { throw LogError(.noteUnsigned, "there is no signed checkpoint") }
                return
            }
            let checkpoint = try Checkpoint(text: note.text)
            this.report.checkpoint = checkpoint
            try contents.check(checkpoint.size, checkpoint.root, named: "checkpoint")
            this.report.verified = try policy?.verify(note)
        }
        if let seen {
            try attempt("the checkpoint seen before") { this in
                let before = try policy?.verify(seen).checkpoint ?? Checkpoint(text: seen.text)
                if let origin = this.report.checkpoint?.origin, !origin.hasSameBytes(as: before.origin) {
                    throw LogError(.checkpointOrigin, "it is of '\(before.origin)', and this is '\(origin)'")
                }
                try contents.check(before.size, before.root, named: "the checkpoint seen before")
            }
        }
        let keys = policy.map { Self.keysOfNotes($0, contents.rotations) }
        for case .manifest(let epoch, let hash) in contents.entries {
            try attempt(epoch.id) { try $0.verifyManifest(epoch, hash, keys) }
        }
    }

    /// The keys of the log, and those that came before them: who trusts a key trusts what it says of the one before.
    private static func keysOfNotes(_ policy: LogPolicy, _ rotations: [KeyRotation]) -> [NoteKey] {
        rotations.reversed().reduce(into: policy.logs) { keys, rotation in
            if keys.contains(rotation.new), !keys.contains(rotation.old) { keys.append(rotation.old) }
        }
    }

    /// The files of an epoch that the log has.
    private mutating func verifyManifest(_ epoch: Epoch, _ hash: ContentHash, _ keys: [NoteKey]?) throws {
        let directory = "\(published)/epochs/\(epoch.id)"
        let manifest = try StoredFile.read(
            "\(directory)/\(EpochFiles.manifestName)", maxBytes: EpochFiles.maxManifestBytes)
        report.manifests += 1
        if ContentHash.of(manifest) != hash {
            throw LogError(.logConflict, "the manifest is not the one that the log has", at: epoch.id)
        }
        let path = "\(directory)/\(EpochFiles.noteName)"
        guard DirectoryListing.exists(path) else { return }
        let note = try SignedNote(parsing: try StoredFile.read(path, maxBytes: SignedNote.maxBytes))
        guard try ManifestNote(text: note.text) == ManifestNote(epoch: epoch, sha256: hash) else {
            throw LogError(.logConflict, "the note is of another manifest", at: path)
        }
        if let keys {
            do throws(LogError) { _ = try note.verified(by: keys) } catch {
                throw LogError(error.code, error.reason, at: path)
            }
        }
        report.notes += 1
    }
}

/// What a verification of a log found.
public struct LogReport: Sendable {
    /// The entries; nil where they cannot be read.
    public internal(set) var contents: LogContents?
    /// The checkpoint that is published; nil where there is none.
    public internal(set) var checkpoint: Checkpoint?
    /// The same, where signatures were verified and are right.
    public internal(set) var verified: VerifiedCheckpoint?
    /// How many manifests were held against the log.
    public internal(set) var manifests = 0
    /// How many notes of manifests.
    public internal(set) var notes = 0
    /// What is wrong; empty if nothing.
    public internal(set) var findings: [CheckFinding] = []
    /// Whether a signature is missing or wrong.
    public internal(set) var hasBadSignature = false
}

extension LogError.Code {
    /// The name of a finding about the log: `log.conflict`, `log.tile.damaged`.
    var findingCode: String { rawValue.hasPrefix("log.") ? rawValue : "log.\(rawValue)" }
}
