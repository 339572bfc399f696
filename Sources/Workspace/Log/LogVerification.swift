import Canonical
import Glibc
import Rewards
import Store

/// Holds a published log against itself, against what is published beside it, and against those whom somebody trusts.
public struct LogVerification {
    let published: String
    let log: LogDirectory
    var report = LogReport()
    private var more = 0

    /// The most findings that are listed.
    static let maxFindings = 1000

    private init(_ published: String) {
        self.published = published
        log = LogDirectory("\(published)/log")
    }

    /// Verifies the log below the directory `published`.
    ///
    /// - Parameters:
    ///   - policy: Whose signatures count; without one, signatures are not verified.
    ///   - seen: A checkpoint seen before, with which the log must begin.
    ///   - comparing: Whether all that the entries say is held against what is published, and their order is looked at;
    ///     without it, only the manifests are.
    public static func run(
        published: String, policy: LogPolicy? = nil, seen: SignedNote? = nil, comparing: Bool = true
    ) throws -> LogReport {
        var verification = LogVerification(published)
        try verification.verify(policy, seen, comparing)
        if verification.more > 0 {
            verification.report.findings.append(
                CheckFinding(code: "log.more", place: "log", detail: "\(verification.more) findings more"))
        }
        return verification.report
    }

    /// Whether any file of a log is below the directory `published`.
    public static func isLog(in published: String) -> Bool { LogDirectory("\(published)/log").isThere }

    private mutating func find(_ code: String, _ place: String, _ detail: String) {
        guard report.findings.count < Self.maxFindings else {
            more += 1
            return
        }
        report.findings.append(CheckFinding(code: code, place: place, detail: detail))
    }

    mutating func find(_ error: LogError, at place: String = "log") {
        if error.isOfSignature { report.hasBadSignature = true }
        if error.code == .fileMissing { report.isIncomplete = true }
        find(error.code.findingCode, error.place.isEmpty ? place : error.place, error.reason)
    }

    /// Does `body`; what it throws about the log or its files is a finding.
    mutating func attempt(_ place: String, _ body: (inout LogVerification) throws -> Void) throws {
        do { try body(&self) } catch let error as LogError {
            find(error, at: place)
        } catch let failure as FileFailure {
            if failure.code == ENOENT {
                find(LogError(.fileMissing, "it is not there", at: failure.path))
            } else {
                find("log.unreadable", failure.path, failure.description)
            }
        }
    }

    private mutating func verify(_ policy: LogPolicy?, _ seen: SignedNote?, _ comparing: Bool) throws {
        try attempt("log") { this in
            let head = try this.log.head()
            if comparing, this.log.hasTilesAlone {
                throw LogError(
                    .fileMissing, "there are tiles, and nothing says up to where they count", at: "head")
            }
            let contents = try LogContents(size: head.size) { try this.log.bytes(of: $0) }
            this.report.contents = contents
            try contents.check(head.size, head.root, named: "head")
        }
        guard let contents = report.contents else { return }
        try verifyTiles(contents, of: contents.size)
        try attempt("checkpoint") { try $0.verifyCheckpoint(contents, policy) }
        let history = LogHistory(contents.entries)
        let keys = trusted(by: policy, history)
        if let seen { try attempt("the checkpoint seen before") { try $0.verify(seen, contents, keys) } }
        for case .manifest(let epoch, let hash) in contents.entries {
            try attempt(epoch.id) { try $0.verifyManifest(epoch, hash, history, keys) }
        }
        guard comparing, log.isThere else { return }
        for finding in history.findings + [history.unfinished].compactMap({ $0 }) { find(finding) }
        try attempt(published) { try $0.compare(history) }
    }

    /// Compares every tile of the first `size` entries, and reads their bundles.
    private mutating func verifyTiles(_ contents: LogContents, of size: UInt64) throws {
        for tile in LogTile.tiles(of: size) {
            try attempt(tile.path) { this in
                if try !contents.isRight(try this.log.bytes(of: tile), tile) {
                    throw LogError(.tileDamaged, "it is not what the entries give", at: tile.path)
                }
            }
        }
    }

    private mutating func verifyCheckpoint(_ contents: LogContents, _ policy: LogPolicy?) throws {
        guard let note = try log.checkpoint() else {
            if policy != nil { throw LogError(.noteUnsigned, "there is no signed checkpoint") }
            return
        }
        let checkpoint = try Checkpoint(text: note.text)
        report.checkpoint = checkpoint
        // Whatever it says, whether those have signed it whom the policy trusts is another question.
        try attempt("checkpoint") { this in
            try contents.check(checkpoint.size, checkpoint.root, named: "checkpoint")
            // Who has only the checkpoint reads the tiles of its size.
            if checkpoint.size != contents.size { try this.verifyTiles(contents, of: checkpoint.size) }
        }
        report.verified = try policy?.verify(note)
    }

    /// The keys that have signed the checkpoint as its origin, or, where nobody has, those of the policy, and those that
    /// rotations name before one of them; nil without a policy.
    private func trusted(by policy: LogPolicy?, _ history: LogHistory) -> [NoteKey]? {
        guard let policy else { return nil }
        let signers = report.verified.map { verified in
            verified.logs.filter { $0.name.hasSameBytes(as: verified.checkpoint.origin) }
        }
        return history.keys(before: signers ?? policy.logs)
    }

    /// Holds a checkpoint that somebody kept against the log. It may be older than the policy and its witnesses: a key of
    /// the log has signed it.
    private mutating func verify(_ seen: SignedNote, _ contents: LogContents, _ keys: [NoteKey]?) throws {
        if let keys { _ = try seen.verified(by: keys) }
        let before = try Checkpoint(text: seen.text)
        if let origin = report.checkpoint?.origin, !origin.hasSameBytes(as: before.origin) {
            throw LogError(.checkpointOrigin, "it is of '\(before.origin)', and this is '\(origin)'")
        }
        try contents.check(before.size, before.root, named: "the checkpoint seen before")
    }

    /// The files of an epoch that the log has.
    private mutating func verifyManifest(
        _ epoch: Epoch, _ hash: ContentHash, _ history: LogHistory, _ keys: [NoteKey]?
    ) throws {
        let directory = "\(published)/epochs/\(epoch.id)"
        let manifest = try StoredFile.read(
            "\(directory)/\(EpochFiles.manifestName)", maxBytes: EpochFiles.maxManifestBytes)
        report.manifests += 1
        if ContentHash.of(manifest) != hash {
            throw LogError(.logConflict, "the manifest is not the one that the log has", at: epoch.id)
        }
        let path = "\(directory)/\(EpochFiles.noteName)"
        guard DirectoryListing.exists(path) else {
            guard let size = report.checkpoint?.size, let index = history.manifests[epoch]?.index,
                UInt64(index) < size
            else { return }
            throw LogError(.fileMissing, "it is not there, and the checkpoint covers the manifest", at: path)
        }
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
