import Canonical
import Geo

/// A record that somebody pays for a place: an amount on top of the budget of each of some epochs, for passes in one cell.
public struct Bounty: Sendable, Hashable {
    /// The place: passes in cells that begin with it are paid.
    public let cell: Geohash
    /// What each epoch pays, micro-points, 1...2^53 - 1.
    public let amount: UInt64
    /// The first and the last epoch that pays it.
    public let epochs: ClosedRange<Epoch>
    /// More in words, 1...1000 bytes of printable UTF-8, if any.
    public let note: String?
    /// Who funds it, 1...100 bytes of printable UTF-8.
    public let by: String
    /// When it was made.
    public let at: UTCTime
    /// Its name: the first 16 hexadecimal digits of the SHA-256 of its canonical JSON.
    public var id: String { canonicalJSON.recordID }

    /// The most a bounty may be, micro-points: far enough from 2^64 that no bounty keeps an epoch from being closed.
    public static let maxAmount: UInt64 = 1 << 53 - 1
    /// How many weeks a bounty may last: ten years.
    static let maxWeeks: Int64 = 520

    /// A bounty.
    ///
    /// - Throws: ``RecordError`` where a cell has more than 10 characters, the amount is 0, the epochs are too many, or a text
    ///   is none.
    public init(
        cell: Geohash, amount: UInt64, epochs: ClosedRange<Epoch>, note: String? = nil, by: String,
        at: UTCTime
    ) throws(RecordError) {
        guard cell.precision <= 10 else {
            throw RecordError(member: "cell", reason: "more than 10 characters")
        }
        guard (1...Self.maxAmount).contains(amount) else {
            throw RecordError(member: "amount", reason: "0, or more than 2^53 - 1 micro-points")
        }
        guard epochs.lowerBound.weeks(until: epochs.upperBound) <= Self.maxWeeks else {
            throw RecordError(member: "last", reason: "more than \(Self.maxWeeks) weeks after the first")
        }
        try RecordText.requireSigned(note: note, by: by, at: at)
        self.cell = cell
        self.amount = amount
        self.epochs = epochs
        self.note = note
        self.by = by
        self.at = at
    }

    /// The record as canonical JSON, without its id, which is made from it.
    public var canonicalJSON: CanonicalJSON { .object(members) }

    var members: [String: CanonicalJSON] {
        var members: [String: CanonicalJSON] = [
            "amount": .amount(amount), "at": .integer(at.milliseconds), "by": .string(by),
            "cell": .string(cell.description), "first": .string(epochs.lowerBound.id),
            "last": .string(epochs.upperBound.id),
        ]
        members["note"] = note.map { .string($0) }
        return members
    }

    /// The record written as `json`, in canonical form.
    ///
    /// - Throws: ``JSONError`` naming the path of what is missing, unknown or wrong.
    public init(json bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(bytes, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 2, maxValues: 20)))
        try self.init(&reader)
        try reader.finish()
        guard canonicalJSON.bytes == bytes else {
            throw JSONError(reason: "not in canonical form", place: "$")
        }
    }

    /// Takes the members of a record from `reader`.
    init(_ reader: inout JSONObjectReader) throws(JSONError) {
        let cell = try reader.cell("cell")
        let (first, last) = (try reader.epoch("first"), try reader.epoch("last"))
        guard first <= last else { throw JSONError(reason: "before the first", place: "\(reader.path).last") }
        let (amount, at) = (try reader.amount("amount"), try reader.time("at"))
        let (note, by) = (try reader.optionalString("note"), try reader.string("by"))
        do throws(RecordError) {
            try self.init(cell: cell, amount: amount, epochs: first...last, note: note, by: by, at: at)
        } catch {
            throw JSONError(reason: error.reason, place: "\(reader.path).\(error.member)")
        }
    }
}

extension Bounty: Comparable {
    /// Whether `left` is earlier, or as early and of lesser id.
    public static func < (left: Bounty, right: Bounty) -> Bool {
        left.at == right.at ? left.id.precedes(right.id) : left.at < right.at
    }
}
