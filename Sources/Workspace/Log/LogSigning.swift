import Canonical
import Rewards
import Store

/// Signs what the log has and nobody has signed: the checkpoint, and the manifests of epochs without a note.
///
/// It reads nothing but the published files, so the key can be on a machine that has no more than these.
public struct LogSigning {
    private let published: String
    private let log: LogDirectory

    /// What signing did.
    public struct Report: Sendable {
        /// The checkpoint that is published now.
        public let checkpoint: Checkpoint
        /// Whether it was not published before.
        public let isNew: Bool
        /// The epochs whose manifests were signed.
        public let manifests: [Epoch]
    }

    /// Signs what is below the directory `published`.
    public init(published: String) {
        self.published = published
        log = LogDirectory("\(published)/log")
    }

    /// Signs with `signers`: the key in use, and while a log changes its key the next one too. The first signature of a
    /// log gives it its name.
    ///
    /// - Throws: ``LogError`` where the log's files are damaged or do not continue what was signed last, or where a key is
    ///   not one that may sign this log. Nothing is published then.
    public func sign(_ signers: [NoteSigner]) throws -> Report {
        guard let first = signers.first else { throw LogError(.keyForm, "no key to sign with") }
        let contents = try log.contents()
        let head = try log.head()
        try contents.check(head.size, head.root, named: "head")
        for tile in LogTile.tiles(of: head.size) where try !contents.isRight(try log.bytes(of: tile), tile) {
            throw LogError(.tileDamaged, "it has other hashes than the entries give", at: tile.path)
        }
        let last = try log.checkpoint()
        let keys = try signers.map { try $0.noteKey(.note) }
        try checkMaySign(keys, last, contents)
        let checkpoint = try Checkpoint(origin: first.name, size: head.size, root: head.root)
        let manifests = try signManifests(contents, signers)
        // The same checkpoint signed by the same keys stays as it is, with the cosignatures it has.
        let isSame =
            last?.text == checkpoint.text
            && last?.signatures.count { $0.name.hasSameBytes(as: checkpoint.origin) } == keys.count
            && (try? last?.verified(by: keys))?.signatures.count == keys.count
        if isSame {
            return Report(checkpoint: checkpoint, isNew: false, manifests: manifests)
        }
        // What witnesses have said of this very text holds on; what another key of the log has said is over.
        let others = last?.text == checkpoint.text ? last?.signatures ?? [] : []
        let note = try SignedNote(
            text: checkpoint.text,
            signatures: try signers.map { try $0.signature(of: checkpoint.text) }
                + others.filter { !$0.name.hasSameBytes(as: checkpoint.origin) })
        try log.publish(note)
        return Report(checkpoint: checkpoint, isNew: last?.text != checkpoint.text, manifests: manifests)
    }

    /// Publishes with the checkpoint what `witnesses` have signed of it in `note`. A wrong signature of theirs would make
    /// everybody who trusts them refuse the checkpoint, so they are verified first.
    ///
    /// - Returns: The witnesses whose cosignatures were added.
    public func adopt(_ note: SignedNote, of witnesses: [NoteKey]) throws -> [NoteKey] {
        guard let published = try log.checkpoint(), published.text == note.text else {
            throw LogError(.logInconsistent, "it is not the checkpoint that is published now")
        }
        let found = try note.verified(by: witnesses).signatures.map(\.key)
        var grown = published
        // An older cosignature of the same witness gives way.
        for key in found {
            grown = try SignedNote(
                text: grown.text,
                signatures: grown.signatures.filter { !key.isNamed(by: $0) }
                    + note.signatures.filter(key.isNamed))
        }
        if grown != published { try log.publish(grown) }
        return found
    }

    /// Refuses to sign where `last` is of another log, is not continued by `contents`, or was signed by none of `keys`
    /// nor by one that the log's rotations lead to them from.
    private func checkMaySign(_ keys: [NoteKey], _ last: SignedNote?, _ contents: LogContents) throws {
        for key in keys where !key.name.hasSameBytes(as: keys[0].name) {
            throw LogError(.keyForeign, "the keys '\(keys[0].name)' and '\(key.name)' are not of one log")
        }
        guard let last else { return }
        let before = try Checkpoint(text: last.text)
        guard before.origin.hasSameBytes(as: keys[0].name) else {
            throw LogError(
                .keyForeign, "this is the log '\(before.origin)', and the key is that of '\(keys[0].name)'")
        }
        try contents.check(before.size, before.root, named: "checkpoint")
        var trusted = keys.filter { (try? last.verified(by: [$0])) != nil }
        for rotation in contents.rotations where !trusted.contains(rotation.new) {
            let isSigner = trusted.contains(rotation.old) || (try? last.verified(by: [rotation.old])) != nil
            if isSigner { trusted.append(rotation.new) }
        }
        if let stranger = keys.first(where: { !trusted.contains($0) }) {
            throw LogError(
                .keyForeign,
                "the key \(stranger.vkey) has not signed the checkpoint before; 'waggle log rotate' changes the key"
            )
        }
    }

    /// Writes a note beside every manifest that the log has and that has none.
    private func signManifests(_ contents: LogContents, _ signers: [NoteSigner]) throws -> [Epoch] {
        var signed: [Epoch] = []
        for case .manifest(let epoch, let hash) in contents.entries {
            let directory = "\(published)/epochs/\(epoch.id)"
            let path = "\(directory)/\(EpochFiles.noteName)"
            let manifest = try StoredFile.read(
                "\(directory)/\(EpochFiles.manifestName)", maxBytes: EpochFiles.maxManifestBytes)
            guard ContentHash.of(manifest) == hash else {
                throw LogError(.logConflict, "the manifest is not the one that the log has", at: epoch.id)
            }
            if DirectoryListing.exists(path) { continue }
            let text = ManifestNote(epoch: epoch, sha256: hash).text
            let note = try SignedNote(text: text, signatures: try signers.map { try $0.signature(of: text) })
            try DurableWrite.file(note.bytes, at: path)
            signed.append(epoch)
        }
        return signed
    }

    /// Appends the statement that the key of `old` is followed by that of `new`, and signs the checkpoint with both.
    public func rotate(from old: NoteSigner, to new: NoteSigner) throws -> Report {
        let rotation = try KeyRotation(from: old, to: new)
        try log.clean()
        let contents = try log.contents()
        guard let last = try log.checkpoint() else {
            throw LogError(
                .keyForeign, "the log has no signed checkpoint yet; sign it with the new key instead")
        }
        try checkMaySign([rotation.old], last, contents)
        // Killed behind this, the next try finds it and only signs.
        if !contents.rotations.contains(where: { $0.old == rotation.old && $0.new == rotation.new }) {
            try log.append([.keyRotation(rotation)])
        }
        return try sign([old, new])
    }
}
