import Canonical
import Testing

@testable import DriveFormats

/// GeoJSON traces as converters, apps and geographic information systems write them.
struct GeoJSONTraceTests {
    private static func trace(_ content: String) throws -> RawTrace {
        let upload = MemoryUpload([("a.geojson", text(content))])
        #expect(try GeoJSONTrace().recognises(upload.files[0], in: upload))
        return try GeoJSONTrace().read(upload.files[0], in: upload)
    }

    private static func feature(_ type: String, _ coordinates: String, _ properties: String = "") -> String {
        #"{"type":"Feature","properties":{\#(properties)},"geometry":{"type":"\#(type)","coordinates":\#(coordinates)}}"#
    }

    private static func collection(_ features: String...) -> String {
        #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#
    }

    private static let times = #"["2025-12-15T21:53:41Z","2025-12-15T21:53:42.5Z"]"#
    private static let fixes = [
        RawFix(time: UTCTime(milliseconds: 1_765_835_621_000), latitude: 37.5, longitude: -122.25),
        RawFix(time: UTCTime(milliseconds: 1_765_835_622_500), latitude: 37.75, longitude: -122),
    ]
    private static let line = "[[-122.25,37.5,12.5],[-122,37.75]]"

    @Test(arguments: [
        feature("LineString", line, #""coordTimes":\#(times)"#),
        feature("LineString", line, #""name":"x","coordinateProperties":{"times":\#(times),"heart":[1,2]}"#),
        feature("LineString", line, #""coordTimes":[1765835621,1765835622.5]"#),
        collection(feature("LineString", line, #""coordTimes":[1765835621000,1765835622500]"#)),
        "\u{FEFF}\n" + collection(feature("MultiLineString", "[\(line)]", #""coordTimes":[\#(times)]"#)),
        feature(
            "MultiLineString", "[[[-122.25,37.5]],[[-122,37.75]]]",
            #""coordinateProperties":{"times":[["2025-12-15T21:53:41Z"],["2025-12-15T21:53:42.5Z"]]}"#),
        feature("MultiLineString", "[[[-122.25,37.5]],[[-122,37.75]]]", #""coordTimes":\#(times)"#),
        collection(
            feature("Point", "[-122.25,37.5,9]", #""time":"2025/12/15 21:53:41+00""#),
            feature("Point", "[-122,37.75]", #""Date":"2025-12-15","Time":"21:53:42.5""#)),
    ])
    func twoFixes(content: String) throws {
        #expect(try Self.trace(content) == RawTrace(fixes: Self.fixes))
    }

    @Test func propertiesOfPoints() throws {
        let trace = try Self.trace(
            Self.collection(
                Self.feature(
                    "Point", "[8,50]",
                    #""timestamp":1765835621,"heading":90.5,"speed":10,"horizontal_accuracy":4,"hdop":"1.5","x":null"#
                ),
                Self.feature("Point", "[8,51]", #""utc":1765835622,"course":12,"speed_kmh":36,"eph":"?""#)))
        #expect(
            trace.fixes == [
                RawFix(
                    time: UTCTime(milliseconds: 1_765_835_621_000), latitude: 50, longitude: 8, heading: 90.5,
                    speed: 10,
                    horizontalError: 4, hdop: 1.5),
                RawFix(
                    time: UTCTime(milliseconds: 1_765_835_622_000), latitude: 51, longitude: 8, heading: 12,
                    speed: 10),
            ])
    }

    /// A converted GPX file has its waypoints beside its track, and an area is no trace.
    @Test func whatIsNoTraceIsLeftOut() throws {
        let timed = Self.feature("LineString", Self.line, #""coordTimes":\#(Self.times)"#)
        let place = Self.feature("Point", "[1,2]", #""time":"2020-01-01T00:00:00Z""#)
        let area = Self.feature("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]")
        let none = #"{"type":"Feature","properties":null,"geometry":null}"#
        let trace = try Self.trace(Self.collection(place, timed, area, none))
        #expect(trace.fixes == Self.fixes)
        #expect(
            trace.remarks == [
                "1 positions of other features are not taken", "2 features are neither lines nor points",
            ])
        let untimed = Self.feature("LineString", Self.line)
        #expect(try Self.trace(Self.collection(untimed, place)).fixes.map(\.latitude) == [2])
    }

    @Test func pointsThatCannotBeRead() throws {
        let positions = "[[1,2],[1],\"x\",[1,\"2\"],[1e308,2],[1,2],[1,2,3,4],[1,2],[1,2],[1,2]]"
        let times = (0..<9).map { "\(1_765_835_621 + $0)" }.joined(separator: ",")
        let trace = try Self.trace(Self.feature("LineString", positions, #""coordTimes":[\#(times),null]"#))
        #expect(trace.fixes.count == 6)
        #expect(trace.fixes.map { $0.time == nil } == [false, false, false, false, false, true])
        #expect(
            trace.remarks == [
                "4 points skipped; the first is $.geometry.coordinates[1]: not a position of two or three numbers"
            ])
    }

    @Test(arguments: [
        (feature("LineString", line), "geojson.no_times"), (feature("LineString", "[]"), "geojson.no_fixes"),
        (collection(feature("Point", "[1,2]")), "geojson.no_times"),
        (feature("LineString", line, #""coordTimes":["2025-12-15T21:53:41Z"]"#), "geojson.count_mismatch"),
        (
            feature("MultiLineString", "[\(line)]", #""coordTimes":[\#(times),\#(times)]"#),
            "geojson.count_mismatch"
        ),
        (feature("LineString", line, #""coordTimes":["noon","one"]"#), "geojson.bad_points"),
        (feature("LineString", "7", ""), "geojson.bad_json"),
        (feature("LineString", line) + "x", "geojson.bad_json"),
        (feature("LineString", "[[NaN,1]]"), "geojson.bad_json"),
        (feature("LineString", "[[1e999,1]]"), "geojson.bad_json"),
        (feature("LineString", String(repeating: "[", count: 1_000_000)), "geojson.bad_json"),
        (feature("LineString", "[[" + String(repeating: "1", count: 1_000_000) + ",1]]"), "geojson.bad_json"),
        (
            #"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"#
                + #""features":[\#(feature("LineString", line))]}"#, "geojson.crs"
        ),
    ])
    func refused(content: String, expected: String) {
        #expect(code { _ = try Self.trace(content) } == expected)
    }

    @Test func coordinateSystemsOfDegrees() throws {
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"] {
            let trace = try Self.trace(
                #"{"features":[\#(Self.feature("LineString", Self.line, #""coordTimes":\#(Self.times)"#))],"#
                    + #""crs":{"type":"name","properties":{"name":"\#(name)"}},"type":"FeatureCollection"}"#)
            #expect(trace.fixes == Self.fixes)
        }
    }

    @Test(arguments: [
        "", "{}", "[1]", collection(feature("Polygon", "[]")), #"{"type":"Topology"}"#, "lat,lon",
    ])
    func noTrace(content: String) throws {
        let upload = MemoryUpload([("a.geojson", text(content))])
        #expect(try !GeoJSONTrace().recognises(upload.files[0], in: upload))
    }

    /// The kind of geometry stands behind all times.
    @Test func timesBeforeTheLine() throws {
        let times = (0..<9000).map { "\(1_765_835_621 + $0)" }.joined(separator: ",")
        let positions = (0..<9000).map { _ in "[1,2]" }.joined(separator: ",")
        let trace = try Self.trace(Self.feature("LineString", "[\(positions)]", #""coordTimes":[\#(times)]"#))
        #expect(trace.fixes.count == 9000)
        #expect(trace.fixes.last?.time == UTCTime(milliseconds: 1_765_844_620_000))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func mutations(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let whole = text(
            Self.collection(
                Self.feature("MultiLineString", "[\(Self.line)]", #""coordTimes":[\#(Self.times)]"#),
                Self.feature("Point", "[1,2]", #""time":1765835621"#)))
        for round in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let token =
                    ["[", "]", "1", "\"", "null", ",", "{}", "\0"].randomElement(using: &random).map {
                        Array($0.utf8)
                    } ?? []
                bytes.replaceSubrange(
                    place..<min(bytes.count, place + Int.random(in: 0...3, using: &random)), with: token)
            }
            let upload = MemoryUpload([("a", bytes)])
            let refusal = code { _ = try GeoJSONTrace().read(upload.files[0], in: upload) }
            if let refusal, !refusal.hasPrefix("geojson.") {
                Issue.record("seed \(seed), round \(round): \(refusal)")
            }
        }
    }
}
