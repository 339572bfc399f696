/// Hostile uploads of the formats that are JSON.
enum RecordCases {
    @Sendable static func all() -> [HostileCase] {
        SidecarCases.all() + FrameKMCases.all() + GeoJSONCases.all() + GNSSCases.all() + MapillaryCases.all()
            + BundleCases.all()
    }

    /// What makes a file a JPEG file for those who look at its beginning only.
    static let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]

    /// 2025-12-15T21:53:41Z.
    static let time: Int64 = 1_765_835_621_000

    static func make(_ name: String, _ files: [(path: String, bytes: [UInt8])], _ expected: Expectation)
        -> HostileCase
    {
        HostileCase("json/\(name)", files, expected)
    }

    /// Mutants of `text`, in the upload that `upload` makes of them.
    static func mutants(
        _ kind: String, _ text: String, seed: UInt64, upload: ([UInt8]) -> [(path: String, bytes: [UInt8])]
    ) -> [HostileCase] {
        Mutation.cases(
            "json", of: [(kind, utf8(text))], count: 12, seed: seed,
            dictionary: [
                "\"", "{", "[", "]", "}", ",", ":", "1e308", "-9223372036854775808", "null", "\\u0000",
            ].map(utf8),
            upload: upload)
    }
}

/// Frames with a sidecar each. Beside the one in question stands a good one.
enum SidecarCases {
    static func all() -> [HostileCase] {
        let texts = JSONTexts.put(into: "{\"time\":1765835621000,\"x\":@,\"lat\":48.2,\"lon\":11}").map {
            name, bytes, stop in
            make("text-\(name)", bytes, ExpectedFrame("a.jpg", nil, complaint: "byte \(stop)"))
        }
        let time = RecordCases.time
        let here = ExpectedFix(482_000_000, 110_000_000, time)
        func frame(_ fix: ExpectedFix?, at time: Int64? = nil, _ words: String?) -> ExpectedFrame {
            ExpectedFrame("a.jpg", fix, at: time, complaint: words)
        }
        let place = "\"lat\":48.2,\"lon\":11"
        let values: [(String, String, ExpectedFrame)] = [
            ("plain", "{\"time\":1765835621000,\(place)}", frame(here, nil)),
            ("gnss-first", "{\"time\":1,\"gnss_time\":1765835621000,\(place)}", frame(here, nil)),
            ("empty", "", frame(nil, "byte 0")),
            ("array", "[]", frame(nil, "an array where an object is needed")),
            ("cut", "{\"time\":1765835621000,\"lat\":48", frame(nil, "byte 30")),
            ("byte-order-mark", "\u{FEFF}{}", frame(nil, "byte 0")),
            ("behind-the-end", "{}x", frame(nil, "byte 2")),
            (
                "depth-17", "{\"x\":" + "[".repeated(16) + "]".repeated(16) + "}",
                frame(nil, "nested deeper than 16")
            ),
            ("depth-a-million", "[".repeated(1_000_000), frame(nil, "nested deeper than 16")),
            ("latitude-missing", "{\"time\":1765835621000,\"lon\":11}", frame(nil, at: time, "$.lat")),
            (
                "latitude-null", "{\"time\":1765835621000,\"lat\":null,\"lon\":11}",
                frame(nil, at: time, "$.lat")
            ),
            (
                "latitude-string", "{\"time\":1765835621000,\"lat\":\"48\",\"lon\":11}",
                frame(nil, at: time, "$.lat")
            ),
            (
                "latitude-array", "{\"time\":1765835621000,\"lat\":[48],\"lon\":11}",
                frame(nil, at: time, "$.lat")
            ),
            (
                "longitude-bool", "{\"time\":1765835621000,\"lat\":48,\"lon\":true}",
                frame(nil, at: time, "$.lon")
            ),
            ("time-missing", "{\(place)}", frame(ExpectedFix(482_000_000, 110_000_000, nil), "no time")),
            ("time-0", "{\"time\":0,\(place)}", frame(ExpectedFix(482_000_000, 110_000_000, nil), "no time")),
            (
                "time-negative", "{\"time\":-1,\(place)}",
                frame(ExpectedFix(482_000_000, 110_000_000, nil), "no time")
            ),
            ("time-string", "{\"time\":\"now\",\(place)}", frame(nil, "$.time")),
            ("time-half", "{\"time\":1765835621000.5,\(place)}", frame(nil, "$.time")),
            ("time-1e300", "{\"time\":1e300,\(place)}", frame(nil, "$.time")),
            ("time-2-to-63", "{\"time\":9223372036854775808,\(place)}", frame(nil, "$.time")),
            // Read as it stands; the stages refuse a time that is to come.
            (
                "time-greatest", "{\"time\":9223372036854775807,\(place)}",
                frame(ExpectedFix(482_000_000, 110_000_000, .max), nil)
            ),
            (
                "beyond-the-pole", "{\"time\":1765835621000,\"lat\":91,\"lon\":-181}",
                frame(ExpectedFix(910_000_000, -1_810_000_000, time), nil)
            ),
        ]
        return texts + values.map { make($0.0, utf8($0.1), $0.2) } + [
            make("not-utf8", utf8("{\"x\":\"") + [0xFF] + utf8("\"}"), frame(nil, "a string is not UTF-8")),
            make("utf16", [0xFF, 0xFE] + utf8("{}").flatMap { [$0, 0] }, frame(nil, "byte 0")),
            make("zeros", [UInt8](repeating: 0, count: 1000), frame(nil, "byte 0")),
            make("17-megabytes", [UInt8](repeating: 0x20, count: 17 << 20), frame(nil, "limit 16777216")),
        ]
            + RecordCases.mutants(
                "sidecar", "{\"time\":1765835621000,\(place)}", seed: 0x5349_4445, upload: upload)
    }

    private static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [
            ("a.jpg", RecordCases.photo), ("a.json", bytes), ("b.jpg", RecordCases.photo),
            ("b.json", utf8("{\"time\":1765835621000,\"lat\":48.2,\"lon\":11}")),
        ]
    }

    private static func make(_ name: String, _ bytes: [UInt8], _ expected: ExpectedFrame) -> HostileCase {
        let good = ExpectedFrame("b.jpg", ExpectedFix(482_000_000, 110_000_000, RecordCases.time))
        return RecordCases.make("sidecar-\(name)", upload(bytes), .frames([expected, good]))
    }
}

/// FrameKM pairs, whose blob has 10 bytes.
enum FrameKMCases {
    static func all() -> [HostileCase] {
        let frame = "\"bytes\":10,\"lat\":48.2,\"lon\":11,\"t\":1765835621000"
        let texts = JSONTexts.put(into: "{\"bundle\":{\"x\":@},\"frames\":[{\(frame)}]}").map {
            name, bytes, stop in
            make("text-\(name)", bytes, .refused("framekm.bad_json", at: "metadata/km_1.json, byte \(stop)"))
        }
        let here = ExpectedFix(482_000_000, 110_000_000, RecordCases.time)
        func bad(_ place: String) -> Expectation {
            .refused("framekm.bad_metadata", at: "metadata/km_1.json, \(place)")
        }
        func one(_ fix: ExpectedFix?, at time: Int64? = nil, _ words: String?) -> Expectation {
            .frames([ExpectedFrame("framekm/km_1", fix, at: time, complaint: words)])
        }
        let values: [(String, String, String, Expectation)] = [
            ("plain", "", frame, one(here, nil)),
            ("bytes-missing", "", "\"lat\":1", one(nil, "no metadata for this blob")),
            ("bytes-negative", "", "\"bytes\":-1", bad("$.frames[0].bytes")),
            ("bytes-half", "", "\"bytes\":1.5", bad("$.frames[0].bytes")),
            ("bytes-2-to-63", "", "\"bytes\":9223372036854775808", bad("$.frames[0].bytes")),
            ("bytes-string", "", "\"bytes\":\"10\"", bad("$.frames[0].bytes")),
            (
                "bytes-add-up-beyond", "", "\"bytes\":9223372036854775807},{\"bytes\":1",
                bad("$.frames[1].bytes")
            ),
            ("bytes-more", "", "\"bytes\":11", .refused("framekm.bytes_mismatch", at: "metadata/km_1.json")),
            ("bytes-less", "", "\"bytes\":9", .refused("framekm.bytes_mismatch", at: "metadata/km_1.json")),
            (
                "bytes-greatest", "", "\"bytes\":9223372036854775807",
                .refused("framekm.bytes_mismatch", at: "metadata/km_1.json")
            ),
            (
                "size-differs", "\"size\":11", frame,
                .refused("framekm.bytes_mismatch", at: "metadata/km_1.json")
            ),
            ("size-negative", "\"size\":-10", frame, bad("$.bundle.size")),
            (
                "count-differs", "\"numFrames\":2", frame,
                .refused("framekm.count_mismatch", at: "metadata/km_1.json")
            ),
            (
                "count-greatest", "\"numFrames\":9223372036854775807", frame,
                .refused("framekm.count_mismatch", at: "metadata/km_1.json")
            ),
            (
                "version-old", "\"version\":\"1.5\"", frame,
                .refused("framekm.old_version", at: "metadata/km_1.json")
            ),
            ("version-text", "\"version\":\"new\"", frame, bad("$.bundle.version")),
            ("version-number", "\"version\":1.9", frame, bad("$.bundle.version")),
            ("version-of-40-digits", "\"version\":\"\("9".repeated(40))\"", frame, bad("$.bundle.version")),
            ("frame-text", "", frame + "},\"frame\",{\"bytes\":0", bad("$.frames[1]")),
            (
                "time-missing", "", "\"bytes\":10,\"lat\":48.2,\"lon\":11",
                one(ExpectedFix(482_000_000, 110_000_000, nil), "$.frames[0].t")
            ),
            (
                "time-text", "", "\"bytes\":10,\"lat\":48.2,\"lon\":11,\"t\":\"x\"",
                one(ExpectedFix(482_000_000, 110_000_000, nil), "$.frames[0].t")
            ),
            (
                "latitude-text", "", "\"bytes\":10,\"lat\":\"x\",\"lon\":11,\"t\":1765835621000",
                one(nil, at: RecordCases.time, "$.frames[0].lat")
            ),
            ("hdop-text", "", frame + ",\"hdop\":\"nan\"", one(here, "$.frames[0].hdop")),
        ]
        return texts + values.map { make($0.0, utf8("{\"bundle\":{\($0.1)},\"frames\":[{\($0.2)}]}"), $0.3) }
            + [
                make(
                    "cut", utf8("{\"bundle\":{},\"frames\":[{\"bytes\":10"),
                    .refused("framekm.bad_json", at: "byte 34")),
                RecordCases.make(
                    "framekm-blob-missing",
                    [("metadata/km_1.json", utf8("{\"bundle\":{},\"frames\":[{\(frame)}]}"))],
                    .refused("framekm.no_blob", at: "metadata/km_1.json")),
            ]
            + RecordCases.mutants(
                "framekm",
                "{\"bundle\":{\"size\":10,\"numFrames\":1,\"version\":\"1.9\"},\"frames\":[{\(frame)}]}",
                seed: 0x4652_4D31,
                upload: upload)
    }

    private static func upload(_ metadata: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("framekm/km_1", RecordCases.photo), ("metadata/km_1.json", metadata)]
    }

    private static func make(_ name: String, _ metadata: [UInt8], _ expected: Expectation) -> HostileCase {
        RecordCases.make("framekm-\(name)", upload(metadata), expected)
    }
}
