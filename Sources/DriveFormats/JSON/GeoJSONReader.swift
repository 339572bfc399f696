import Canonical

/// Collects the fixes of a GeoJSON document.
struct GeoJSONReader {
    private var ofLines: [RawFix] = []
    private var ofPoints: [RawFix] = []
    private var lineHasTimes = false
    private var unused = 0
    /// Points that could not be read.
    private(set) var skipped = SkippedEntries(("point", "points"))

    /// The fixes of the lines, unless only points have times: points beside a line with times are places, not a trace.
    var fixes: [RawFix] { takesLines ? ofLines : ofPoints }

    private var takesLines: Bool {
        lineHasTimes || !ofLines.isEmpty && !ofPoints.contains { $0.time != nil }
    }

    /// What was left out, in words.
    var remarks: [String] {
        var remarks: [String] = []
        if let remark = skipped.remark { remarks.append(remark) }
        let others = takesLines ? ofPoints.count : ofLines.count
        if others > 0 { remarks.append("\(others) positions of other features are not taken") }
        if unused > 0 { remarks.append("\(unused) features are neither lines nor points") }
        return remarks
    }

    /// Reads a whole document.
    mutating func read(_ document: JSONValue) throws {
        var root = try JSONObjectReader(document)
        if let system = root.optional("crs") { try check(system) }
        guard case .object(let members) = document, members["features"] != nil else {
            return try feature(document, path: "$")
        }
        for (index, value) in try root.array("features").enumerated() {
            try feature(value, path: "$.features[\(index)]")
        }
    }

    /// Only WGS 84 is read: RFC 7946 knows nothing else, its forerunner of 2008 did.
    private func check(_ system: JSONValue) throws {
        guard case .object(let members) = system, case .object(let properties)? = members["properties"],
            case .string(let name)? = properties["name"]
        else { return }
        guard name.hasSuffix("CRS84") || name.hasSuffix("4326") else {
            throw GeoJSONError(
                code: "geojson.crs", place: "$.crs",
                reason: "coordinates in \(name), not in degrees of WGS 84")
        }
    }

    /// A feature, or a geometry without one.
    private mutating func feature(_ value: JSONValue, path: String) throws {
        var reader = try JSONObjectReader(value, path: path)
        var properties: [String: JSONValue] = [:]
        if case .object(let members)? = reader.optional("properties") { properties = members }
        let type = try reader.string("type")
        let isFeature = type == "Feature"
        guard let geometry = isFeature ? reader.optional("geometry") : value else {
            unused += 1
            return
        }
        var shape = try JSONObjectReader(geometry, path: isFeature ? "\(path).geometry" : path)
        switch try shape.string("type") {
        case "LineString":
            try line(try shape.array("coordinates"), times: Self.times(properties), path: path)
        case "MultiLineString": try lines(try shape.array("coordinates"), properties, path: path)
        case "Point":
            let place = "\(path).geometry"
            let said = PointProperties(properties)
            if let fix = fix(try shape.required("coordinates"), time: said.time, place: place) {
                ofPoints.append(said.completed(fix))
            }
        default: unused += 1
        }
    }

    /// `coordTimes` is what togeojson wrote until its version 4; since then it is `coordinateProperties.times`.
    private static func times(_ properties: [String: JSONValue]) -> [JSONValue]? {
        if case .array(let times)? = properties["coordTimes"] { return times }
        if case .object(let inner)? = properties["coordinateProperties"],
            case .array(let times)? = inner["times"]
        {
            return times
        }
        if case .array(let times)? = properties["times"] { return times }
        return nil
    }

    private mutating func line(_ positions: [JSONValue], times: [JSONValue]?, path: String) throws {
        if let times, times.count != positions.count {
            throw GeoJSONError(
                code: "geojson.count_mismatch", place: path,
                reason: "\(positions.count) positions with \(times.count) times")
        }
        for (index, position) in positions.enumerated() {
            guard
                let fix = fix(
                    position, time: times?[index], place: "\(path).geometry.coordinates[\(index)]")
            else { continue }
            if fix.time != nil { lineHasTimes = true }
            ofLines.append(fix)
        }
    }

    /// The times of several lines are as many lists, or one list for all.
    private mutating func lines(
        _ lines: [JSONValue], _ properties: [String: JSONValue], path: String
    ) throws {
        var all: [[JSONValue]] = []
        for (index, value) in lines.enumerated() {
            guard case .array(let positions) = value else {
                throw JSONError(
                    reason: "\(value.kind) where an array is needed",
                    place: "\(path).geometry.coordinates[\(index)]")
            }
            all.append(positions)
        }
        guard let times = Self.times(properties) else {
            return try line(all.flatMap { $0 }, times: nil, path: path)
        }
        let lists = times.compactMap { if case .array(let list) = $0 { list } else { nil } }
        guard !lists.isEmpty else { return try line(all.flatMap { $0 }, times: times, path: path) }
        guard lists.count == all.count, lists.count == times.count else {
            throw GeoJSONError(
                code: "geojson.count_mismatch", place: path,
                reason: "\(all.count) lines with \(times.count) lists of times")
        }
        for (positions, times) in zip(all, lists) { try line(positions, times: times, path: path) }
    }

    /// A position with longitude first; a third and a fourth number are not used.
    private mutating func fix(_ position: JSONValue, time: JSONValue?, place: @autoclosure () -> String)
        -> RawFix?
    {
        guard case .array(let numbers) = position, (2...4).contains(numbers.count),
            let longitude = numbers[0].number, let latitude = numbers[1].number
        else {
            skipped.add(place(), "not a position of two or three numbers")
            return nil
        }
        var result = RawFix(time: nil, latitude: latitude, longitude: longitude)
        if let time, time != .null {
            guard let time = TimeText.time(time) else {
                skipped.add(place(), "its time is none")
                return nil
            }
            result.time = time
        }
        return result
    }
}

/// What the properties of a Point say of its fix, by the names of ``FixField``.
private struct PointProperties {
    private var values: [FixField: (match: FixField.Match, value: JSONValue)] = [:]

    init(_ properties: [String: JSONValue]) {
        for (name, value) in properties.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        where value != .null {
            guard let match = FixField.match(Array(name.utf8)[...]) else { continue }
            if let other = values[match.field], other.match.rank <= match.rank { continue }
            values[match.field] = (match, value)
        }
    }

    /// The time as given: that of a day where the day is given beside it.
    var time: JSONValue? {
        guard let time = values[.time]?.value else { return values[.date]?.value }
        if case .string(let clock) = time, case .string(let date)? = values[.date]?.value,
            let joined = TimeText.time(date: Array(date.utf8)[...], time: Array(clock.utf8)[...])
        {
            return .string(joined.description)
        }
        return time
    }

    /// `fix` with all other values. A speed whose name tells no unit is in metres per second, as in the Geolocation API
    /// of browsers (https://www.w3.org/TR/geolocation/).
    func completed(_ fix: RawFix) -> RawFix {
        var fix = fix
        fix.heading = number(.heading)
        fix.speed = number(.speed)
        fix.hdop = number(.hdop)
        fix.horizontalError = number(.horizontalError)
        return fix
    }

    private func number(_ field: FixField) -> Double? {
        guard let (match, value) = values[field] else { return nil }
        let number: Double? =
            if case .string(let text) = value { DecimalNumber.value(Array(text.utf8)) } else { value.number }
        return number.map { $0 / (match.divisor ?? 1) }
    }
}

extension JSONValue {
    /// The number this is, if it is one of a magnitude that can mean anything.
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value) where value.magnitude <= DecimalNumber.maxMagnitude: value
        default: nil
        }
    }
}
