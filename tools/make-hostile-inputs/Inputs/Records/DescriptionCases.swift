import Canonical

/// Images with a description of mapillary_tools: the second entry is the one in question.
enum MapillaryCases {
    private static let place =
        "\"MAPLatitude\":48.1173,\"MAPLongitude\":11.5,\"MAPCaptureTime\":\"2025_12_15_21_53_41_000\""
    private static let first = "[{\"filename\":\"a.jpg\",\(place)},"
    private static let fix = ExpectedFix(481_173_000, 115_000_000, RecordCases.time)
    private static let good = ExpectedFrame("a.jpg", fix)

    static func all() -> [HostileCase] {
        let texts = JSONTexts.put(into: first + "{\"filename\":\"b.jpg\",\"x\":@}]").map { name, bytes, _ in
            make(
                "text-\(name)", bytes,
                .refused("mapillary.bad_json", at: "d.json, record 2 at byte \(first.utf8.count)"))
        }
        func second(_ fix: ExpectedFix?, at time: Int64? = nil, _ words: String?) -> Expectation {
            .frames([good, ExpectedFrame("b.jpg", fix, at: time, complaint: words)])
        }
        let missing = "the image was not delivered"
        let undescribed = ExpectedFrame("b.jpg", nil, complaint: "no EXIF in this image")
        let entries: [(String, String, Expectation)] = [
            ("plain", "{\"filename\":\"b.jpg\",\(place)}", second(fix, nil)),
            ("latitude-missing", "{\"filename\":\"b.jpg\",\"MAPLongitude\":1}", second(nil, "$.MAPLatitude")),
            (
                "latitude-text", "{\"filename\":\"b.jpg\",\"MAPLatitude\":\"nan\",\"MAPLongitude\":1}",
                second(nil, "$.MAPLatitude")
            ),
            (
                "time-missing", "{\"filename\":\"b.jpg\",\"MAPLatitude\":1,\"MAPLongitude\":2}",
                second(nil, "$.MAPCaptureTime")
            ),
            (
                "time-month-13",
                "{\"filename\":\"b.jpg\",\"MAPLatitude\":1,\"MAPLongitude\":2,\"MAPCaptureTime\":\"2025_13_15_21_53_41_000\"}",
                second(ExpectedFix(10_000_000, 20_000_000, nil), "'2025_13_15_21_53_41_000' is no time")
            ),
            (
                "time-escape",
                "{\"filename\":\"b.jpg\",\"MAPLatitude\":1,\"MAPLongitude\":2,\"MAPCaptureTime\":\"\\u001b[2J\"}",
                second(ExpectedFix(10_000_000, 20_000_000, nil), "'\\u{1B}[2J' is no time")
            ),
            (
                "error", "{\"filename\":\"b.jpg\",\"error\":{\"type\":\"X\",\"message\":\"\\u001b[2J\"}}",
                second(nil, "no EXIF in this image; mapillary_tools: X: \\u{1B}[2J")
            ),
            ("number", "1", .frames([good, undescribed])), ("null", "null", .frames([good, undescribed])),
            ("name-missing", "{\"MAPLatitude\":1}", .frames([good, undescribed])),
            ("name-number", "{\"filename\":1,\"MAPLatitude\":1}", .frames([good, undescribed])),
            (
                "described-twice",
                "{\"filename\":\"a.jpg\",\"MAPLatitude\":0,\"MAPLongitude\":0,\"MAPCaptureTime\":\"x\"}",
                .frames([good, undescribed])
            ),
            (
                "name-of-another", "{\"filename\":\"c.jpg\",\(place)}",
                .frames([good, undescribed, ExpectedFrame("c.jpg", fix, complaint: missing)])
            ),
            (
                "name-outside", "{\"filename\":\"../../../etc/passwd\",\(place)}",
                .frames([good, undescribed, ExpectedFrame("passwd", fix, complaint: missing)])
            ),
            ("name-of-dots", "{\"filename\":\"..\",\(place)}", .lawful),
            ("name-empty", "{\"filename\":\"\",\(place)}", .lawful),
        ]
        let whole: [(String, String, Expectation)] = [
            (
                "mostly-wrong", first + "1,2]",
                .refused("mapillary.bad_entries", at: "d.json, record 2 at byte \(first.utf8.count)")
            ),
            (
                "behind-the-end", String(first.dropLast()) + "]x",
                .refused("mapillary.bad_json", at: "d.json, byte \(first.utf8.count)")
            ),
            ("videos", "[{\"filename\":\"a.mp4\",\"filetype\":\"video\",\"MAPGPSTrack\":[]}]", .lawful),
        ]
        return texts + entries.map { make($0.0, utf8(first + $0.1 + "]"), $0.2) }
            + whole.map { make($0.0, utf8($0.1), $0.2) }
            + RecordCases.mutants(
                "mapillary", first + "{\"filename\":\"b.jpg\",\(place)}]", seed: 0x4D41_5000, upload: upload)
    }

    private static func upload(_ bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("a.jpg", RecordCases.photo), ("b.jpg", RecordCases.photo), ("d.json", bytes)]
    }

    private static func make(_ name: String, _ bytes: [UInt8], _ expected: Expectation) -> HostileCase {
        RecordCases.make("mapillary-\(name)", upload(bytes), expected)
    }
}

/// Waggle bundles of one frame.
enum BundleCases {
    private static let hash = ContentHash.of(RecordCases.photo).hex
    private static let members =
        "\"captured_at\":1765835621000,\"latitude_e7\":481173000,\"longitude_e7\":115000000,"
    private static let good = ExpectedFrame("a.jpg", ExpectedFix(481_173_000, 115_000_000, RecordCases.time))

    private static func text(
        _ members: String = members, path: String = "a.jpg", hash: String = hash, tail: String = ""
    ) -> String {
        "{\"drives\":[{\"frames\":[{\(members)\"path\":\"\(path)\",\"sha256\":\"\(hash)\"}]}],\"format\":\"waggle-bundle/1\"\(tail)}"
    }

    static func all() -> [HostileCase] {
        let texts = JSONTexts.put(into: "{\"drives\":[],\"x\":@}").map { name, bytes, stop in
            make("text-\(name)", bytes, .refused("bundle.bad_json", at: "upload.json, byte \(stop)"))
        }
        let frame = "$.drives[0].frames[0]"
        func bad(_ place: String) -> Expectation { .refused("bundle.bad_json", at: "upload.json, \(place)") }
        let key = "9".repeated(64)
        let signed = { (key: String, more: String) in
            ",\"signer\":{\"device\":\"cam\",\"key\":\"\(key)\",\(more)\"sequence\":1}"
        }
        let statements: [(String, String, Expectation)] = [
            ("plain", text(), .frames([good])),
            // The canonical text has no blanks: the first one stands at byte 1.
            ("blank", "{ " + text().dropFirst(), bad("byte 1")),
            ("line-end-last", text() + "\n", bad("byte \(text().utf8.count)")),
            (
                "members-in-other-order",
                text("\"latitude_e7\":481173000,\"captured_at\":1765835621000,\"longitude_e7\":115000000,"),
                bad("byte")
            ),
            ("exponent", text("\"captured_at\":1765835621e3,"), bad("\(frame).captured_at")),
            ("time-half", text("\"captured_at\":1.5,"), bad("\(frame).captured_at")),
            ("time-2-to-53", text("\"captured_at\":9007199254740992,"), bad("\(frame).captured_at")),
            ("half-a-position", text("\"latitude_e7\":1,"), bad(frame)),
            (
                "heading-36000", text("\"heading\":36000," + "\"latitude_e7\":1,\"longitude_e7\":1,"),
                bad("\(frame).heading")
            ),
            ("heading-alone", text("\"heading\":1,"), bad("\(frame).heading")),
            (
                "speed-negative", text("\"latitude_e7\":1,\"longitude_e7\":1,\"speed\":-1,"),
                bad("\(frame).speed")
            ),
            ("unknown-member", text("\"altitude\":1," + members), bad("\(frame).altitude")),
            ("unknown-at-the-top", text(tail: ",\"x\":1"), bad("$.x")),
            ("hash-capitals", text(hash: hash.uppercased()), bad("\(frame).sha256")),
            ("hash-short", text(hash: "00"), bad("\(frame).sha256")),
            ("path-up", text(path: "../a.jpg"), bad("\(frame).path")),
            ("path-absolute", text(path: "/etc/passwd"), bad("\(frame).path")),
            ("path-dot", text(path: "./a.jpg"), bad("\(frame).path")),
            ("path-twice-slash", text(path: "a//b"), bad("\(frame).path")),
            ("path-nul", text(path: "a\\u0000"), bad("\(frame).path")),
            ("path-escape", text(path: "a\\u001b[2J"), bad("\(frame).path")),
            ("path-empty", text(path: ""), bad("\(frame).path")),
            ("path-itself", text(path: "upload.json"), bad("\(frame).path")),
            ("path-of-1025-bytes", text(path: "a".repeated(1025)), bad("\(frame).path")),
            ("no-drives", "{\"drives\":[],\"format\":\"waggle-bundle/1\"}", bad("$.drives")),
            (
                "no-frames", "{\"drives\":[{\"frames\":[]}],\"format\":\"waggle-bundle/1\"}",
                bad("$.drives[0].frames")
            ),
            ("another-version", text().replacing("bundle/1", with: "bundle/2"), bad("$.format")),
            (
                "unblurred-false", text(hash: hash + "\",\"unblurred\":false,\"z\":\""),
                bad("\(frame).unblurred")
            ),
            ("key-of-zeros", text(tail: signed("0".repeated(64), "")), bad("$.signer.key")),
            ("key-short", text(tail: signed("00", "")), bad("$.signer.key")),
            ("key-not-canonical", text(tail: signed("f".repeated(64), "")), bad("$.signer.key")),
            (
                "sequence-0",
                text(tail: ",\"signer\":{\"device\":\"cam\",\"key\":\"\(rfcKey)\",\"sequence\":0}"),
                bad("$.signer.sequence")
            ),
            (
                "signature-missing", text(tail: signed(rfcKey, "")),
                .refused("bundle.signature_stripped", at: "upload.sig")
            ),
            ("file-missing", text(path: "b.jpg"), .refused("bundle.file_missing", at: "b.jpg")),
            ("file-differs", text(hash: key), .refused("bundle.file_differs", at: "a.jpg")),
            (
                "depth-9", "{\"drives\":" + "[".repeated(9),
                .refused("bundle.bad_json", at: "nested deeper than 8")
            ),
        ]
        let extra: [(String, [(path: String, bytes: [UInt8])], Expectation)] = [
            ("unlisted", [("b.jpg", RecordCases.photo)], .refused("bundle.unlisted_file", at: "b.jpg")),
            (
                "signature-unasked", [("upload.sig", [UInt8](repeating: 0, count: 64))],
                .refused("bundle.unlisted_file", at: "upload.sig")
            ),
        ]
        let signatures: [(String, Int)] = [("empty", 0), ("short", 63), ("zeros", 64), ("long", 65)]
        return texts + statements.map { make($0.0, utf8($0.1), $0.2) }
            + extra.map { RecordCases.make("bundle-\($0.0)", upload(utf8(text())) + $0.1, $0.2) }
            + signatures.map { name, count in
                RecordCases.make(
                    "bundle-signature-\(name)",
                    upload(utf8(text(tail: signed(rfcKey, "")))) + [
                        ("upload.sig", [UInt8](repeating: 0, count: count))
                    ],
                    .refused("bundle.signature_wrong", at: "upload.sig"))
            } + RecordCases.mutants("bundle", text(), seed: 0x4255_4E44, upload: upload)
    }

    /// The public key of RFC 8032, 7.1, test 1.
    private static let rfcKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

    private static func upload(_ statement: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("a.jpg", RecordCases.photo), ("upload.json", statement)]
    }

    private static func make(_ name: String, _ statement: [UInt8], _ expected: Expectation) -> HostileCase {
        RecordCases.make("bundle-\(name)", upload(statement), expected)
    }
}
