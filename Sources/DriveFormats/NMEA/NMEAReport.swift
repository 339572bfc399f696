import Canonical

/// What one sentence says, in our units. The order of the fields is that of NMEA 0183, version 4.10, 8.3.
struct NMEAReport {
    let kind: NMEAKind
    /// Milliseconds since midnight UTC.
    private(set) var time: Int64?
    private(set) var day: CalendarDay?
    private(set) var position: (latitude: Double, longitude: Double)?
    /// Metres per second.
    private(set) var speed: Double?
    /// Degrees clockwise from true north.
    private(set) var course: Double?
    private(set) var hdop: Double?
    private(set) var satellites: UInt16?
    /// Whether the receiver says that it has no position: status V, quality 0; or one that nobody measured: typed in
    /// by hand, or of a simulator.
    private(set) var isVoid = false

    /// What `fields` of a sentence of `kind` say; nil where one of them holds what it cannot hold.
    @inline(__always)
    init?(_ kind: NMEAKind, _ fields: NMEAFields, _ bytes: Span<UInt8>) {
        self.kind = kind
        var fields = fields
        switch kind {
        case .rmc: readRMC(&fields, bytes)
        case .gga: readGGA(&fields, bytes)
        case .gll: readGLL(&fields, bytes)
        case .vtg: readVTG(&fields, bytes)
        case .gsa: readGSA(&fields, bytes)
        case .zda:
            time = fields.timeOfDay(bytes)
            day = fields.dayMonthYear(bytes)
        }
        if fields.isMalformed { return nil }
    }

    private mutating func readRMC(_ fields: inout NMEAFields, _ bytes: Span<UInt8>) {
        time = fields.timeOfDay(bytes)
        isVoid = fields.letter(bytes) != UInt8(ascii: "A")
        // What a receiver without a position repeats, its date included, is not worth a complaint.
        if isVoid { return }
        position = fields.position(bytes)
        speed = fields.number(bytes).map(Self.metresPerSecond)
        course = fields.number(bytes)
        day = fields.date(bytes)
        fields.skip(bytes, 2)
        readMode(&fields, bytes)
    }

    private mutating func readGGA(_ fields: inout NMEAFields, _ bytes: Span<UInt8>) {
        time = fields.timeOfDay(bytes)
        let position = fields.position(bytes)
        switch fields.letter(bytes) {
        case nil, UInt8(ascii: "0"), UInt8(ascii: "7"), UInt8(ascii: "8"): isVoid = true
        default: self.position = position
        }
        if isVoid { return }
        satellites = fields.number(bytes).flatMap { UInt16(exactly: $0) }
        hdop = fields.number(bytes)
    }

    private mutating func readGLL(_ fields: inout NMEAFields, _ bytes: Span<UInt8>) {
        position = fields.position(bytes)
        time = fields.timeOfDay(bytes)
        // Before version 2.0 there was neither a time nor a status.
        isVoid = fields.letter(bytes).map { $0 != UInt8(ascii: "A") } ?? (position == nil || time != nil)
        readMode(&fields, bytes)
    }

    private mutating func readVTG(_ fields: inout NMEAFields, _ bytes: Span<UInt8>) {
        let course = fields.number(bytes)
        guard fields.letter(bytes) == UInt8(ascii: "T") else { return }
        fields.skip(bytes, 2)
        let speed = fields.number(bytes)
        guard fields.letter(bytes) == UInt8(ascii: "N") else { return }
        self.course = course
        self.speed = speed.map(Self.metresPerSecond)
    }

    private mutating func readGSA(_ fields: inout NMEAFields, _ bytes: Span<UInt8>) {
        fields.skip(bytes, 1)
        guard let fix = fields.letter(bytes), fix != UInt8(ascii: "1") else { return }
        // Twelve satellites and the dilution of position.
        fields.skip(bytes, 13)
        hdop = fields.number(bytes)
    }

    /// A knot is a nautical mile of 1852 m per hour.
    private static func metresPerSecond(knots: Double) -> Double { knots * 1852 / 3600 }

    /// The mode indicator that version 2.3 added.
    private mutating func readMode(_ fields: inout NMEAFields, _ bytes: Span<UInt8>) {
        switch fields.letter(bytes) {
        case UInt8(ascii: "N"), UInt8(ascii: "M"), UInt8(ascii: "S"): isVoid = true
        default: break
        }
    }
}
