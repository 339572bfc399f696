import Canonical
import Stages

/// A record that something is to be shown no more: what, why, when, and at whose request.
///
/// It withdraws the frames it matches and, with them, their duplicates, which show the same picture. Records are
/// never deleted, and each is published with the manifest of the epoch that is sealed next.
public struct Takedown: Sendable, Hashable {
    /// What is taken down.
    public enum Target: Sendable, Hashable {
        /// The frame of this id.
        case frame(String)
        /// All frames of the drive of this id.
        case drive(String)
        /// All frames of this contributor that were received by the time of the takedown; what comes later counts.
        case contributor(String)
        /// All frames in this zone, whenever they are received.
        case zone(Zone)
    }

    /// Why. The raw values are published and stable.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Somebody or somebody's own is to be seen.
        case privacy
        /// The frames are not what they were delivered as.
        case fraud
        /// A court or an authority demands it.
        case legal
        /// The frames are wrong, though nobody meant them to be.
        case error
        /// Anything else; the note says what.
        case other
    }

    /// What is taken down.
    public let target: Target
    /// Why.
    public let reason: Reason
    /// More in words, 1...1000 bytes of printable UTF-8, if any.
    public let note: String?
    /// By whose request, 1...100 bytes of printable UTF-8.
    public let by: String
    /// When.
    public let at: UTCTime
    /// Its name: the first 16 hexadecimal digits of the SHA-256 of its canonical JSON. The same takedown recorded
    /// twice is one.
    public let id: String

    /// A takedown.
    ///
    /// - Throws: ``RecordError`` where a text is empty, too long, or not printable, or the time is beyond what
    ///   JSON carries.
    public init(
        _ target: Target, reason: Reason, note: String? = nil, by: String, at: UTCTime
    ) throws(RecordError) {
        switch target {
        case .frame(let id), .drive(let id), .contributor(let id):
            try RecordText.require(id, "target", maxBytes: 200)
        case .zone: break
        }
        try RecordText.requireSigned(note: note, by: by, at: at)
        self.target = target
        self.reason = reason
        self.note = note
        self.by = by
        self.at = at
        id = Self.id(target, reason, note, by, at)
    }

    private static func id(
        _ target: Target, _ reason: Reason, _ note: String?, _ by: String, _ at: UTCTime
    ) -> String {
        let record = CanonicalJSON.object(members(target, reason, note, by, at))
        return String(record.contentHash.hex.prefix(16))
    }

    /// What the verdict of a frame that this takedown rejects says: its id and reason.
    public var message: String { "\(id) \(reason.rawValue)" }
}

extension Takedown: Comparable {
    /// Whether `left` is earlier, or as early and of lesser id: the order in which takedowns speak.
    public static func < (left: Takedown, right: Takedown) -> Bool {
        left.at == right.at ? left.id.precedes(right.id) : left.at < right.at
    }
}
