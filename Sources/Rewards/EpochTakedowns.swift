import Canonical
import Stages

/// A takedown as a manifest publishes it.
public struct PublishedTakedown: Sendable, Equatable {
    /// The takedown.
    public let takedown: Takedown
    /// How many lines of the epoch's `verdicts.jsonl` it rejects.
    public let frames: Int64
}

/// The takedowns an epoch has to do with: those its manifest publishes, and those that earlier ones did.
public struct EpochTakedowns: Sendable {
    /// What this manifest publishes, by time and id.
    let new: [Takedown]
    private let earlier: Set<ByteKey>
    private let standing: StandingTakedowns
    /// By what the verdicts say that they give.
    private let byMessage: [ByteKey: Takedown]

    /// No takedowns.
    public static let none = EpochTakedowns(new: [], earlier: [])

    /// The takedowns `new`, published by this epoch, and those of all earlier manifests; both in any order.
    public init(new: [Takedown], earlier: [Takedown]) {
        self.new = new.sorted()
        self.earlier = Set(earlier.map { ByteKey($0.id) })
        standing = StandingTakedowns(new + earlier)
        byMessage = Dictionary((new + earlier).map { (ByteKey($0.message), $0) }) { first, _ in first }
    }

    /// The entries of the manifest, where each rejects so many frames.
    func published(frames: [ByteKey: Int64]) -> [PublishedTakedown] {
        new.map { PublishedTakedown(takedown: $0, frames: frames[ByteKey($0.id), default: 0]) }
    }

    /// What keeps these takedowns from being those of an epoch sealed at `sealedAsOf`.
    func problems(sealedAsOf: UTCTime) -> [ManifestError] {
        var problems: [ManifestError] = []
        var seen = earlier
        for takedown in new {
            if !seen.insert(ByteKey(takedown.id)).inserted { problems.append(.takedownTwice(takedown.id)) }
            if takedown.at >= sealedAsOf { problems.append(.takedownTooLate(takedown.id)) }
        }
        return problems
    }

    /// What keeps `record` from being a verdict of an epoch with these takedowns; nil where nothing does.
    func problem(_ record: FrameRecord) -> ManifestError? {
        if byMessage.isEmpty, record.verdict.finding?.rule != .takedown { return nil }
        // Positions are not published: what a zone takes down must be believed.
        let own = byMessage.isEmpty ? nil : standing.first(matching: TakedownSubject(record))
        switch record.verdict {
        case .accepted: return own == nil ? nil : .takedownIgnored(record.frame)
        case .rejected(let finding) where finding.rule == .takedown:
            guard let named = named(by: record) else { return .takedownUnknown(record.frame) }
            let speaksFirst: Bool
            if case .zone = named.target {
                speaksFirst = own.map { named < $0 } ?? true
            } else {
                speaksFirst = named == own
            }
            return speaksFirst ? nil : .takedownUnfounded(record.frame)
        case .rejected, .duplicate: return nil
        }
    }

    /// The takedown that rejects the frame, as its verdict says.
    func named(by record: FrameRecord) -> Takedown? {
        guard case .rejected(let finding) = record.verdict, finding.rule == .takedown else { return nil }
        return finding.message.flatMap { byMessage[ByteKey($0)] }
    }
}

extension TakedownSubject {
    /// The frame of `record`, whose position is not published.
    fileprivate init(_ record: FrameRecord) {
        self.init(
            frame: record.frame, drive: record.drive, contributor: record.contributor,
            receivedAt: record.receivedAt, position: nil)
    }
}

extension PublishedTakedown {
    /// Appends the entry to an array of `text`.
    func write(to text: inout CanonicalText) {
        guard case .object(var members) = takedown.canonicalJSON else { return }
        members["id"] = .string(takedown.id)
        members["frames"] = .integer(frames)
        text.object { text in
            for (name, value) in members.sorted(by: { $0.key.precedes($1.key) }) { text.member(name, value) }
        }
    }

    /// The entry `object`.
    init(_ object: JSONObjectReader) throws(JSONError) {
        var reader = object
        takedown = try Takedown(&reader)
        // Made from the record; one that is not comes out as a difference.
        _ = try reader.string("id")
        frames = try reader.integer("frames", in: 0...(1 << 50))
        try reader.finish()
    }
}
