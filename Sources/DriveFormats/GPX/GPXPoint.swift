import Canonical

/// One point of a GPX file, as far as its elements have been read.
struct GPXPoint {
    /// What a point belongs to.
    enum Kind: Equatable {
        /// `trkpt`: where the receiver was.
        case track
        /// `rtept`: where to go; where the receiver was, if it has a time.
        case route
        /// `wpt`: a place of interest, of which nothing is read.
        case waypoint
    }

    /// An element of a point whose text is wanted.
    enum Field { case time, hdop, satellites, speed, course }

    let kind: Kind
    var fix: RawFix

    /// What an element of the point holds. Only a point's own time counts, while the rest may stand in an extension
    /// (Garmin's TrackPointExtension, or any other); of one field the first that says something counts.
    ///
    /// - Parameters:
    ///   - name: The element's name without its prefix.
    ///   - isChild: Whether it stands in the point itself.
    @inline(__always)
    func field(_ name: GPXName, isChild: Bool) -> Field? {
        if kind == .waypoint { return nil }
        switch name {
        case .time where isChild && fix.time == nil: return .time
        case .hdop where fix.hdop == nil: return .hdop
        case .sat where fix.satellites == nil: return .satellites
        case .speed where fix.speed == nil: return .speed
        case .course where fix.heading == nil: return .course
        default: return nil
        }
    }

    /// Takes `value` for `field`, which is no time; false where that cannot be.
    mutating func set(_ field: Field, _ value: Double) -> Bool {
        switch field {
        case .time: return false
        case .hdop: fix.hdop = value
        case .speed: fix.speed = value
        case .course: fix.heading = value
        case .satellites:
            guard let count = UInt16(exactly: value) else { return false }
            fix.satellites = count
        }
        return true
    }
}

/// The names that matter in a GPX file, or are in nearly all of them, as numbers: their bytes, the first one lowest. All
/// have fewer than eight, and only letters.
enum GPXName: UInt64 {
    /// Any other name.
    case other = 0
    case trkpt = 0x74706B7274
    case rtept = 0x7470657472
    case wpt = 0x747077
    case lat = 0x74616C
    case lon = 0x6E6F6C
    case ele = 0x656C65
    case time = 0x656D6974
    case hdop = 0x706F6468
    case sat = 0x746173
    case speed = 0x6465657073
    case course = 0x657372756F63

    /// The name `bytes`, without a prefix.
    init(_ bytes: ArraySlice<UInt8>) {
        let number = bytes.count < 8 ? bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } : 0
        self = GPXName(rawValue: number) ?? .other
    }

    /// The kind of point that elements of this name are; nil where they are none.
    var pointKind: GPXPoint.Kind? {
        switch self {
        case .trkpt: .track
        case .rtept: .route
        case .wpt: .waypoint
        default: nil
        }
    }
}
