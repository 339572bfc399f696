import Testing

@testable import DriveFormats

/// Texts that have hurt other XML readers, and the place at which each is refused.
struct GPXHostileTests {
    private func refusal(_ bytes: [UInt8]) throws -> FormatError {
        let upload = MemoryUpload([("a.gpx", bytes)])
        do {
            _ = try GPXFile.read(upload.files[0], in: upload)
        } catch {
            return error
        }
        Issue.record("not refused")
        throw UploadReadError(path: "", reason: "not refused")
    }

    @Test(arguments: [
        (
            "<!DOCTYPE gpx [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<gpx>&x;</gpx>", "document type",
            "line 1, column 3"
        ),
        ("<gpx>\n  &laughs;</gpx>", "entity", "line 2, column 3"),
        ("<gpx>\n&#0;</gpx>", "reference", "line 2, column 1"),
        ("<gpx>&#xD800;</gpx>", "reference", "line 1, column 6"),
        ("<gpx>\u{1}</gpx>", "control", "line 1, column 6"),
        ("<gpx>é&#+65;</gpx>", "reference", "line 1, column 7"),
        ("<gpx a='1' a='2'/>", "twice", "line 1, column 13"),
        ("<gpx a='1'b='2'/>", "blank", "line 1, column 11"),
        ("<gpx a='<'/>", "'<'", "line 1, column 10"), ("<gpx a=1/>", "quote", "line 1, column 8"),
        ("<gpx></gpy>", "end tag", "line 1, column 6"), ("<gpx/><gpx/>", "second", "line 1, column 8"),
        ("<gpx/>x", "outside", "line 1, column 7"), ("<kml/>", "not gpx", "line 1, column 1"),
        ("<gpx>\n<?xml version='1.0'?></gpx>", "first", "line 2, column 1"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><gpx/>", "iso-8859-1", "line 1, column 1"),
        ("<gpx>\n<trkpt lat='nan' lon='1'/></gpx>", "'nan'", "line 2, column 1"),
        ("<gpx>\n<trkpt lon='1'/></gpx>", "'lat'", "line 2, column 1"),
        ("<gpx><!-- ", "comment", "line 1, column 11"), ("<gpx", "inside a tag", "line 1, column 5"),
    ])
    func refusedWithItsPlace(content: String, reason: String, place: String) throws {
        let error = try refusal(text(content))
        #expect(error.code == "gpx.bad_xml")
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.place.hasSuffix(place), "\(error)")
    }

    @Test func notUTF8() throws {
        for bytes: [UInt8] in [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xEF, 0xBF, 0xBF],
        ] {
            let error = try refusal(text("<gpx>") + bytes + text("</gpx>"))
            #expect(error.reason.contains("UTF-8"), "\(error)")
        }
        for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
            #expect(try refusal(mark + [0x3C, 0]).reason.contains("UTF-16"))
        }
    }

    @Test func limits() throws {
        let deep = String(repeating: "<a>", count: 1_000_000)
        #expect(try refusal(text("<gpx>" + deep)).reason.contains("deeper"))
        let wide = (0..<65).map { " a\($0)='1'" }.joined()
        #expect(try refusal(text("<gpx\(wide)/>")).reason.contains("64 attributes"))
        let long = String(repeating: "x", count: 70_000)
        for content in [
            "<gpx>\(long)</gpx>", "<gpx a='\(long)'/>", "<\(long)/>", "<gpx><!--\(long)--></gpx>",
            "<gpx><?\(long)?></gpx>",
        ] {
            #expect(try refusal(text(content)).reason.contains("65536 bytes"))
        }
        let pieces = String(repeating: "1<!---->", count: 2000)
        let point = #"lat="1" lon="1"><time>\#(pieces)</time>"#
        #expect(try refusal(GPXBuilder.text([point])).reason.contains("1024"))
    }

    /// The entity bomb that costs other readers 95 s of CPU; here its first declaration ends it.
    @Test func entityBombIsRefusedAtOnce() throws {
        let bomb =
            "<!DOCTYPE gpx [<!ENTITY a \"" + String(repeating: "a", count: 500_000) + "\">]><gpx>"
            + String(repeating: "&a;", count: 160_000) + "</gpx>"
        let clock = ContinuousClock()
        let bytes = text(bomb)
        var error: FormatError?
        let elapsed = try clock.measure { error = try refusal(bytes) }
        #expect(error?.place.hasSuffix("line 1, column 3") == true)
        // The bar is 10 ms in release; a debug build on a busy machine gets more room.
        #expect(elapsed < .seconds(2))
    }

    @Test func tracesWithoutUse() throws {
        #expect(try refusal(text("<gpx/>")).code == "gpx.no_points")
        #expect(try refusal(GPXBuilder.text([#"lat="1" lon="2">"#])).code == "gpx.no_times")
        let point = #"pt lat="1" lon="2"><name>a</name></"#
        let route = "<rte><rte\(point)rtept></rte>"
        let error = try refusal(text("<gpx><w\(point)wpt>\(route)\(route)</gpx>"))
        #expect(error.code == "gpx.route_without_times")
        #expect(error.reason.contains("2 route points"))
        #expect(try refusal(text("<gpx><w\(point)wpt><w\(point)wpt></gpx>")).code == "gpx.only_waypoints")
    }
}
