import Canonical
import Geo
import Stages

/// What became of one frame, as it is published: one line of an epoch's `verdicts.jsonl`.
public struct FrameRecord: Sendable, Hashable {
    /// The frame's id, unique over all epochs.
    public let frame: String
    /// The id of its drive.
    public let drive: String
    /// The id of its upload.
    public let upload: String
    /// Who delivered it.
    public let contributor: String
    /// The SHA-256 of the image's bytes; nil where they could not be read.
    public let sha256: ContentHash?
    /// When the upload was received.
    public let receivedAt: UTCTime
    /// When the frame was captured, as the upload says; nil where it does not.
    public let capturedAt: UTCTime?
    /// The verdict.
    public let verdict: Verdict

    /// A verdict and what belongs to it.
    public enum Verdict: Sendable, Hashable {
        /// On the map, and paid where it is fresh.
        case accepted(Acceptance)
        /// The frame `of` stands for it, by what the finding says.
        case duplicate(Finding, of: String)
        /// Refused by the finding's rule.
        case rejected(Finding)

        /// Which of the three it is.
        public var kind: VerdictKind {
            switch self {
            case .accepted: .accepted
            case .duplicate: .duplicate
            case .rejected: .rejected
            }
        }

        /// What was found; nil for an accepted frame.
        public var finding: Finding? {
            switch self {
            case .accepted: nil
            case .duplicate(let finding, _), .rejected(let finding): finding
            }
        }
    }

    /// What is published of an accepted frame.
    public struct Acceptance: Sendable, Hashable {
        /// The cell it lies in, of the ruleset's precision.
        public let cell: Geohash
        /// The octant of its heading; nil where the heading is unknown.
        public let octant: HeadingOctant?
        /// Its quality, 0...1000 permille.
        public let quality: Int64
        /// The factors of the quality, by the bytes of their names.
        public let factors: [Factor]

        /// The commitment to its exact position; nil where none is published.
        public let location: ContentHash?

        /// An acceptance; quality and factors are brought into 0...1000.
        public init(
            cell: Geohash, octant: HeadingOctant?, quality: Int64, factors: [String: Int64],
            location: ContentHash? = nil
        ) {
            self.cell = cell
            self.octant = octant
            self.quality = min(max(quality, 0), 1000)
            self.factors = factors.map { Factor(name: $0.key, permille: min(max($0.value, 0), 1000)) }
                .sorted { $0.name.precedes($1.name) }
            self.location = location
        }

        /// An acceptance with the factors of `factors`; quality and factors are brought into 0...1000.
        public init(
            cell: Geohash, octant: HeadingOctant?, quality: Int64, factors: Quality, location: ContentHash?
        ) {
            // They are in the order of their names.
            self.init(
                cell: cell, octant: octant, quality: min(max(quality, 0), 1000),
                inOrder: factors.factors.map {
                    Factor(name: $0.name, permille: min(max($0.permille, 0), 1000))
                },
                location: location)
        }

        /// An acceptance of values that are in their ranges, with factors in the order of their names.
        init(
            cell: Geohash, octant: HeadingOctant?, quality: Int64, inOrder factors: [Factor],
            location: ContentHash?
        ) {
            self.cell = cell
            self.octant = octant
            self.quality = quality
            self.factors = factors
            self.location = location
        }

        /// A factor of a frame's quality.
        public struct Factor: Sendable, Hashable {
            /// Its name, of `a`...`z` and `_`.
            public let name: String
            /// What it is worth, 0...1000 permille.
            public let permille: Int64
        }
    }

    /// A record. Times, values and limits beyond the +-(2^53 - 1) that JSON carries are brought to that
    /// bound: they are absurd either way, and refused.
    public init(
        frame: String, drive: String, upload: String, contributor: String, sha256: ContentHash?,
        receivedAt: UTCTime, capturedAt: UTCTime?, verdict: Verdict
    ) {
        self.frame = frame
        self.drive = drive
        self.upload = upload
        self.contributor = contributor
        self.sha256 = sha256
        self.receivedAt = receivedAt.published
        self.capturedAt = capturedAt?.published
        self.verdict =
            switch verdict {
            case .accepted: verdict
            case .duplicate(let finding, let original): .duplicate(finding.published, of: original)
            case .rejected(let finding): .rejected(finding.published)
            }
    }

    /// The time that decides to which epoch the frame belongs: when it was captured, or received where it is
    /// not known to have been captured before.
    public var creditTime: UTCTime { min(capturedAt ?? receivedAt, receivedAt) }

    /// Whether an epoch sealed with what had arrived by `sealedAsOf` can have the frame: it arrived by then,
    /// and its time is not after the week. A frame from before the week came late, and belongs to the first
    /// epoch that was still open for it.
    public func belongs(to epoch: Epoch, sealedAsOf: UTCTime) -> Bool {
        receivedAt < sealedAsOf && creditTime < epoch.end
    }
}

extension UTCTime {
    fileprivate var published: UTCTime { UTCTime(milliseconds: CanonicalJSON.clamped(milliseconds)) }
}

extension Finding {
    fileprivate var published: Finding {
        Finding(
            rule, value: value.map(CanonicalJSON.clamped), limit: limit.map(CanonicalJSON.clamped),
            unit: unit,
            message: message)
    }
}
