import Canonical

/// The statement that a log is signed with a new key from here on, signed by the old key and by the new one: nobody can
/// be given a log, and nobody can take one.
public struct KeyRotation: Sendable, Equatable {
    /// The key until now.
    public let old: NoteKey
    /// The key from here on.
    public let new: NoteKey
    /// The signed statement.
    public let note: SignedNote

    /// The rotation from the key of `old` to that of `new`, which have one name.
    public init(from old: NoteSigner, to new: NoteSigner) throws(LogError) {
        let (oldKey, newKey) = (try old.noteKey(.note), try new.noteKey(.note))
        try Self.check(oldKey, newKey)
        let text = Self.text(oldKey, newKey)
        self.old = oldKey
        self.new = newKey
        note = try SignedNote(
            text: text, signatures: [try old.signature(of: text), try new.signature(of: text)])
    }

    /// The rotation that `note` is, its signatures verified.
    public init(note: SignedNote) throws(LogError) {
        let start = LogEntry.Kind.keyRotation.line.utf8
        guard note.text.starts(with: start) else {
            throw LogError(.entryForm, "the note is no rotation of keys", at: "line 1")
        }
        var body = try LogEntry.body(note.text.dropFirst(start.count))
        do throws(JSONError) {
            let (old, new) = (try body.string("old"), try body.string("new"))
            try body.finish()
            (self.old, self.new) = try Self.keys(old, new)
        } catch { throw LogError(.entryForm, "\(error)", at: "line 2") }
        self.note = note
        try Self.check(old, new)
        guard Self.text(old, new) == note.text else {
            throw LogError(.entryForm, "the JSON is not in its canonical form", at: "line 2")
        }
        // One signature each and no other: an entry has one meaning and one form.
        guard note.signatures.count == 2, old.isNamed(by: note.signatures[0]),
            new.isNamed(by: note.signatures[1])
        else { throw LogError(.noteUnsigned, "a rotation is signed by the old key, then by the new one") }
        _ = try note.verified(by: [old, new])
    }

    var body: CanonicalJSON { .object(["old": .string(old.vkey), "new": .string(new.vkey)]) }

    private static func text(_ old: NoteKey, _ new: NoteKey) -> [UInt8] {
        let body = CanonicalJSON.object(["old": .string(old.vkey), "new": .string(new.vkey)])
        return Array(LogEntry.Kind.keyRotation.line.utf8) + body.line
    }

    private static func keys(_ old: String, _ new: String) throws(JSONError) -> (NoteKey, NoteKey) {
        do throws(LogError) { return (try NoteKey(vkey: old), try NoteKey(vkey: new)) } catch {
            throw JSONError(reason: error.reason, place: "$")
        }
    }

    private static func check(_ old: NoteKey, _ new: NoteKey) throws(LogError) {
        guard old.kind == .note, new.kind == .note, old.name.hasSameBytes(as: new.name), old.key != new.key
        else {
            throw LogError(.keyForeign, "a key is followed by another one of the same name")
        }
    }
}
