import Canonical
import DriveFormats
import Geo

/// How it was settled what to believe of a frame whose sources differ by more than the ruleset allows.
public struct Settlement: Sendable, Hashable {
    /// Who says when or where a frame was taken.
    public typealias Source = RawTestimony.Source

    /// Why a source was believed. The raw values are stored with the frame.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Only this time lies between those of the frames before and behind it in the upload.
        case order
        /// Only this one fits to where the car was between the moments before and behind it.
        case motion
        /// Only from and to this place a car can have gone.
        case reach
        /// The others say the same place again and again while the car moves.
        case stuck
        /// Only this time is that of the satellites.
        case satellites
        /// More sources say this than anything else.
        case majority
    }

    /// A source that was believed, and why.
    public struct Choice: Sendable, Hashable {
        /// Who.
        public let source: Source
        /// Why.
        public let reason: Reason

        /// `source` was believed for `reason`.
        public init(_ source: Source, _ reason: Reason) {
            self.source = source
            self.reason = reason
        }
    }

    /// What one source said, as its difference from what was believed, or where nothing was, from what was said first.
    public struct Heard: Sendable, Hashable {
        /// Who.
        public let source: Source
        /// How much later its time is, milliseconds; nil where it has none.
        public let later: Int64?
        /// How far away its place is, millimetres; nil where it has none.
        public let distance: Int64?

        /// What `source` said.
        public init(_ source: Source, later: Int64?, distance: Int64?) {
            self.source = source
            self.later = later
            self.distance = distance
        }
    }

    /// Whose time was believed; nil where the times agree, or none was.
    public var time: Choice?
    /// Whose position was believed; nil where the positions agree, or none was.
    public var position: Choice?
    /// All that was said, in the order of ``RawTestimony/Source``.
    public var heard: [Heard]

    /// A settlement.
    public init(time: Choice? = nil, position: Choice? = nil, heard: [Heard]) {
        self.time = time
        self.position = position
        self.heard = heard
    }
}

/// What is said of a frame, with the places of all sources, which are kept for nothing but to respect private ones.
struct Dispute: Sendable {
    var settlement: Settlement
    /// Where the frame was, by any of its sources.
    var positions: [Coordinate]
    /// When it was taken, where that is known.
    var time: UTCTime?
}
