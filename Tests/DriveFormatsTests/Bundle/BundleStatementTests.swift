import Canonical
import Testing

@testable import DriveFormats

/// `upload.json` read strictly.
struct BundleStatementTests {
    private static let hash = String(repeating: "0", count: 64)
    private static let frame = "{\"path\":\"a\",\"sha256\":\"\(hash)\"}"

    private static func statement(_ frame: String = frame, trace: String = "", tail: String = "") -> String {
        "{\"drives\":[{\"frames\":[\(frame)]\(trace)}],\"format\":\"waggle-bundle/1\"\(tail)}"
    }

    /// Where reading `text` fails; nil where it does not.
    private static func place(_ text: String) -> String? {
        do {
            _ = try BundleStatement(json: Array(text.utf8))
            return nil
        } catch {
            return error.place
        }
    }

    private static func place(frame members: String) -> String? {
        place(statement("{\(members)\"path\":\"a\",\"sha256\":\"\(hash)\"}"))
    }

    @Test func theLeast() throws {
        let statement = try BundleStatement(json: Array(Self.statement().utf8))
        #expect(statement.drives.count == 1 && statement.signer == nil)
        #expect(statement.canonicalJSON.text == Self.statement())
    }

    @Test func anotherTextOfTheSameIsRefused() {
        let text = Self.statement()
        for other in [
            text + "\n", " " + text, text.replacing(",", with: ", "),
            text.replacing("\"a\"", with: "\"\\u0061\""),
            "{\"format\":\"waggle-bundle/1\",\"drives\":[{\"frames\":[\(Self.frame)]}]}",
            Self.statement(tail: ",\"signer\":null"),
            Self.statement("{\"captured_at\":null,\"path\":\"a\",\"sha256\":\"\(Self.hash)\"}"),
        ] { #expect(Self.place(other)?.hasPrefix("byte ") == true, "\(other)") }
        #expect(Self.place(text + "\n") == "byte \(text.utf8.count)")
        #expect(Self.place(frame: "\"captured_at\":-0,")?.hasPrefix("byte ") == true)
        #expect(Self.place("\u{FEFF}" + text) == "byte 0")
    }

    @Test func numbers() {
        let path = "$.drives[0].frames[0]"
        for number in ["1.5", "1e3", "\"1\"", "true", "[1]", "9007199254740992", "-9007199254740992"] {
            #expect(Self.place(frame: "\"captured_at\":\(number),") == "\(path).captured_at", "\(number)")
        }
        for number in [
            "NaN", "Infinity", "1e999", "01", "+1", "0x1", ".5", "1e",
            String(repeating: "9", count: 1_000_000),
        ] {
            #expect(Self.place(frame: "\"captured_at\":\(number),")?.hasPrefix("byte ") == true)
        }
        #expect(Self.place(frame: "\"captured_at\":-9007199254740991,") == nil)
        let here = "\"latitude_e7\":0,\"longitude_e7\":0,"
        #expect(Self.place(frame: here) == nil)
        #expect(Self.place(frame: "\"heading\":35999," + here) == nil)
        for (member, value) in [
            ("heading", "36000"), ("heading", "-1"), ("horizontal_error", "-1"), ("hdop", "-1"),
            ("heading", "0.5"),
        ] {
            let text = member == "hdop" ? "\"hdop\":\(value),\(here)" : "\"\(member)\":\(value),\(here)"
            #expect(Self.place(frame: text) == "\(path).\(member)", "\(text)")
        }
        #expect(Self.place(frame: "\"latitude_e7\":1,") == path)
        #expect(Self.place(frame: "\"longitude_e7\":1,") == path)
        #expect(Self.place(frame: "\"heading\":1,") == "\(path).heading")
        #expect(
            Self.place(Self.statement("{\"path\":\"a\",\"sha256\":\"\(Self.hash)\",\"unblurred\":false}"))
                == "\(path).unblurred")
    }

    @Test func paths() {
        func place(_ path: String) -> String? {
            Self.place(Self.statement("{\"path\":\"\(path)\",\"sha256\":\"\(Self.hash)\"}"))
        }
        for path in [
            "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/..", "a/../b", "./a", "a/./b", "a\\u0000",
            "a\\nb",
            "\\u001b[2J", "a\\u007f", "upload.json", "upload.sig", String(repeating: "a", count: 1025),
            "/etc/passwd",
        ] { #expect(place(path) == "$.drives[0].frames[0].path", "\(path)") }
        for path in [
            "...", "a/b/c.jpg", "upload.json/a", "x/upload.json", "\u{E9}", "e\u{301}", "a b", "-rf",
        ] {
            #expect(place(path) == nil, "\(path)")
        }
    }

    @Test func hashesAndKeys() {
        for hash in [
            "", "0", Self.hash + "0", Self.hash.replacing("0", with: "A"), Self.hash.dropLast() + "g",
        ] {
            #expect(
                Self.place(Self.statement("{\"path\":\"a\",\"sha256\":\"\(hash)\"}"))
                    == "$.drives[0].frames[0].sha256")
        }
        let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        func signer(
            _ device: String = "cam", key: String = key, previous: String? = nil, _ sequence: String = "1"
        )
            -> String?
        {
            let before = previous.map { "\"previous\":\"\($0)\"," } ?? ""
            return Self.place(
                Self.statement(
                    tail:
                        ",\"signer\":{\"device\":\"\(device)\",\"key\":\"\(key)\",\(before)\"sequence\":\(sequence)}"
                ))
        }
        #expect(signer() == nil && signer(previous: Self.hash, "2") == nil)
        #expect(signer(previous: Self.hash, "9007199254740991") == nil)
        #expect(signer(key: Self.hash) == "$.signer.key", "a point of small order")
        #expect(signer(key: "") == "$.signer.key")
        #expect(signer(previous: Self.hash) == "$.signer.previous", "the first has none")
        #expect(Self.place(Self.statement(tail: ",\"signer\":{\"device\":\"cam\"}")) == "$.signer.key")
        for number in ["0", "-1", "1.5", "9007199254740992", "\"1\""] {
            #expect(signer(previous: Self.hash, number) == "$.signer.sequence", "\(number)")
        }
        for name in ["", String(repeating: "a", count: 129), "a\\u001b", "\u{202E}a", "a\\\\b"] {
            #expect(signer(name) == "$.signer.device", "\(name)")
        }
        let second = Self.statement(
            tail: ",\"signer\":{\"device\":\"cam\",\"key\":\"\(key)\",\"sequence\":2}")
        #expect(Self.place(second) == "$.signer.previous")
    }

    @Test func shape() {
        for text in [
            "", "[]", "null", "{", "{}", "{\"drives\":[],\"format\":\"waggle-bundle/1\"}",
            "{\"drives\":[{\"frames\":[]}],\"format\":\"waggle-bundle/1\"}",
            "{\"drives\":{},\"format\":\"waggle-bundle/1\"}",
            Self.statement().replacing("bundle/1", with: "bundle/2"),
            Self.statement(tail: ",\"more\":1"), Self.statement("{}"), Self.statement("1"),
            Self.statement(trace: ",\"trace\":{}"), Self.statement(trace: ",\"trace\":\"a\""),
            Self.statement(trace: ",\"trace\":{\"path\":\"t\",\"sha256\":\"\(Self.hash)\",\"x\":1}"),
            // Listed twice, as two frames or as frame and trace.
            Self.statement("\(Self.frame),\(Self.frame)"), Self.statement(trace: ",\"trace\":\(Self.frame)"),
            // The same key twice.
            Self.statement().replacing("{\"path\"", with: "{\"path\":\"b\",\"path\""),
            String(repeating: "[", count: 100_000), String(repeating: "{\"drives\":", count: 100_000),
            Self.statement(String(repeating: "[", count: 9) + String(repeating: "]", count: 9)),
        ] { #expect(Self.place(text) != nil, "\(text.prefix(200))") }
        let many = (0...BundleStatement.maxFrames).map { "{\"path\":\"\($0)\",\"sha256\":\"\(Self.hash)\"}" }
        #expect(Self.place(Self.statement(many.joined(separator: ","))) == "$.drives[0].frames")
        #expect(Self.place(String(repeating: " ", count: BundleStatement.maxBytes + 1)) == "byte 0")
        // Two names that differ only in how they compose an accent are two files.
        let twins =
            "{\"path\":\"\u{E9}\",\"sha256\":\"\(Self.hash)\"},{\"path\":\"e\u{301}\",\"sha256\":\"\(Self.hash)\"}"
        #expect(Self.place(Self.statement(twins)) == nil)
    }
}
