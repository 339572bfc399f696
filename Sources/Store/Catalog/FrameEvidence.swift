import Canonical
import Geo
import Imaging
import Stages

/// What the checks of a frame saw and its other columns do not say: kept so that its verdict can be explained when the
/// upload is gone. Most frames have none.
public struct FrameEvidence: Sendable, Equatable {
    /// What kept the reader from understanding all that the upload says of the frame.
    public var complaint: String?
    /// Why the position given for the frame was not believed.
    public var doubt: Finding?
    /// That position, where it is one on Earth.
    public var doubted: Coordinate?
    /// Where a frame was taken that was refused afterwards.
    public var place: Place?
    /// How it was settled what to believe, where the frame's sources differ.
    public var settlement: Settlement?
    /// What was measured on an image that was refused.
    public var image: ImageFigures?

    /// Nothing.
    public init() {}

    /// Whether there is anything to keep.
    public var isEmpty: Bool { self == FrameEvidence() }
}

/// What was measured on an image, as far as limits are held against it.
public struct ImageFigures: Sendable, Equatable {
    /// Pixels.
    public let width, height: Int64
    /// Mean luma and its deviation in thousandths.
    public let meanLuma, deviation: Int64
    /// Shares of samples and areas, and sharpness, in permille.
    public let darkShare, brightShare, flatShare, sharpness: Int64

    /// The figures of `image`.
    public init(_ image: ImageMeasurement) {
        let statistics = image.statistics
        (width, height) = (Int64(image.width), Int64(image.height))
        (meanLuma, deviation) = (
            Int64(statistics.meanLumaMilli), Int64(statistics.standardDeviationMilli)
        )
        (darkShare, brightShare) = (Int64(statistics.darkPermille), Int64(statistics.brightPermille))
        (flatShare, sharpness) = (
            Int64(statistics.flatCellsPermille), Int64(statistics.sharpnessPermille)
        )
    }

    /// The figures the catalog has of an observation.
    public init(_ observed: ObservedView) {
        (width, height) = (Int64(observed.width), Int64(observed.height))
        (meanLuma, deviation) = (observed.meanLuma, observed.deviation)
        (darkShare, brightShare) = (observed.darkShare, observed.brightShare)
        (flatShare, sharpness) = (observed.flatShare, observed.sharpness)
    }
}

extension FrameEvidence {
    /// The evidence as the catalog keeps it.
    var canonicalJSON: CanonicalJSON {
        var members: [String: CanonicalJSON] = [:]
        members["complaint"] = complaint.map { .string($0) }
        members["doubt"] = doubt?.canonicalJSON
        members["doubted"] = doubted.map { .array([.integer($0.latitudeE7), .integer($0.longitudeE7)]) }
        members["place"] = place.map(Self.members)
        members["sources"] = settlement?.canonicalJSON
        members["image"] = image.map { image in
            .array(
                [
                    image.width, image.height, image.meanLuma, image.deviation, image.darkShare,
                    image.brightShare, image.flatShare, image.sharpness,
                ].map { .integer($0) })
        }
        return .object(members)
    }

    private static func members(_ place: Place) -> CanonicalJSON {
        .object([
            "time": .integer(place.time.milliseconds), "latitude_e7": .integer(place.position.latitudeE7),
            "longitude_e7": .integer(place.position.longitudeE7),
            "heading": place.heading.map { .integer($0) } ?? .null,
            "horizontal_error": place.horizontalError.map { .integer($0) } ?? .null,
            "basis": .string(place.basis.rawValue),
        ])
    }

    /// The evidence written as `bytes`.
    init(json bytes: [UInt8]) throws(JSONError) {
        var reader = try JSONObjectReader(
            try JSONReader.read(bytes, limits: JSONLimits(maxBytes: 1 << 16, maxDepth: 5)))
        complaint = try reader.optionalString("complaint")
        if let value = reader.optional("doubt") { doubt = try Finding(value, path: "$.doubt") }
        if let value = reader.optional("doubted") {
            doubted = try Self.coordinate(try Self.integers(value, 2, "$.doubted"), "$.doubted")
        }
        if let value = reader.optional("place") { place = try Self.place(value) }
        if let value = reader.optional("sources") { settlement = try Settlement(value) }
        if let value = reader.optional("image") {
            image = ImageFigures(try Self.integers(value, 8, "$.image"))
        }
    }

    private static func place(_ value: JSONValue) throws(JSONError) -> Place {
        var reader = try JSONObjectReader(value, path: "$.place")
        let position = try coordinate(
            [try reader.integer("latitude_e7"), try reader.integer("longitude_e7")], "$.place")
        guard let basis = Place.Basis(rawValue: try reader.string("basis")) else {
            throw JSONError(reason: "no basis of a position", place: "$.place.basis")
        }
        return Place(
            time: UTCTime(milliseconds: try reader.integer("time")), position: position,
            heading: try reader.optionalInteger("heading").map { Int($0) },
            horizontalError: try reader.optionalInteger("horizontal_error"), basis: basis)
    }

    private static func coordinate(_ values: [Int64], _ path: String) throws(JSONError) -> Coordinate {
        guard values.count == 2,
            let position = Coordinate(
                latitudeE7: Int(clamping: values[0]), longitudeE7: Int(clamping: values[1]))
        else { throw JSONError(reason: "no place on Earth", place: path) }
        return position
    }

    private static func integers(
        _ value: JSONValue, _ count: Int, _ path: String
    ) throws(JSONError) -> [Int64] {
        guard case .array(let elements) = value, elements.count == count else {
            throw JSONError(reason: "\(value.kind) where \(count) integers are needed", place: path)
        }
        var result: [Int64] = []
        for case .integer(let integer) in elements { result.append(integer) }
        guard result.count == count else {
            throw JSONError(reason: "something else than integers", place: path)
        }
        return result
    }
}

extension ImageFigures {
    /// The figures in the order in which they are kept; `values` has eight.
    fileprivate init(_ values: [Int64]) {
        (width, height, meanLuma, deviation) = (values[0], values[1], values[2], values[3])
        (darkShare, brightShare, flatShare, sharpness) = (values[4], values[5], values[6], values[7])
    }
}

extension JSONObjectReader {
    /// The integer `key`; nil where it is absent or null.
    mutating func optionalInteger(_ key: String) throws(JSONError) -> Int64? {
        switch optional(key) {
        case nil: return nil
        case .integer(let value): return value
        case let value?:
            throw JSONError(reason: "\(value.kind) where an integer is needed", place: "\(path).\(key)")
        }
    }
}
