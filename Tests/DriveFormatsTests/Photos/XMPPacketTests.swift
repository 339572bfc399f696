import Canonical
import Testing

@testable import DriveFormats

/// XMP as cameras and editors write it; values worked out by hand.
struct XMPPacketTests {
    private static func packet(attributes: String = "", elements: String = "") -> [UInt8] {
        text(
            """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" \(attributes)>\(elements)\
            </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>
            """)
    }

    @Test func attributes() throws {
        let packet = try #require(
            XMPPacket(
                Self.packet(
                    attributes: """
                        exif:GPSLatitude="48,13.5N" exif:GPSLongitude="11,2,30W" exif:GPSImgDirection="905/10" \
                        exif:GPSImgDirectionRef="T" exif:GPSTimeStamp="2026-03-05T12:00:01.5Z"
                        """)))
        #expect(
            packet.position == ExifData.Position(latitude: 48.225, longitude: -(11 + 2 / 60.0 + 30 / 3600.0)))
        #expect(packet.heading == 90.5)
        #expect(packet.time == UTCTime(rfc3339: "2026-03-05T12:00:01.500Z"))
    }

    @Test func elements() throws {
        let packet = try #require(
            XMPPacket(
                Self.packet(
                    elements: """
                        <exif:GPSLatitude>-48.225</exif:GPSLatitude><exif:GPSLongitude>11.5</exif:GPSLongitude>\
                        <exif:DateTimeOriginal>2026-03-05T13:00:00+01:00</exif:DateTimeOriginal>\
                        <GPano:PoseHeadingDegrees xmlns:GPano="g">12.25</GPano:PoseHeadingDegrees>
                        """)))
        #expect(packet.position == ExifData.Position(latitude: -48.225, longitude: 11.5))
        #expect(packet.heading == 12.25)
        #expect(packet.time == UTCTime(rfc3339: "2026-03-05T12:00:00Z"))
    }

    @Test(arguments: [
        #"exif:GPSLatitude="48,13.5" exif:GPSLongitude="11,2E""#,
        #"exif:GPSLatitude="NaN" exif:GPSLongitude="11""#,
        #"exif:GPSLatitude="48,-1N" exif:GPSLongitude="11E""#,
        #"exif:GPSLatitude="48,1,2,3N" exif:GPSLongitude="11E""#, #"exif:GPSLatitude="48N""#,
        #"exif:GPSLatitude="" exif:GPSLongitude="11E""#,
        #"exif:GPSLatitude="1e400N" exif:GPSLongitude="11E""#,
    ])
    func noPosition(attributes: String) {
        #expect(XMPPacket(Self.packet(attributes: attributes))?.position == nil)
    }

    @Test func magneticDirectionsAndZerosAreNone() {
        let magnetic = #"exif:GPSImgDirection="90" exif:GPSImgDirectionRef="M""#
        #expect(XMPPacket(Self.packet(attributes: magnetic))?.heading == nil)
        #expect(XMPPacket(Self.packet(attributes: #"exif:GPSImgDirection="90/0""#))?.heading == nil)
    }

    @Test(arguments: [
        "", "no XML", "<x>", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "<x><y></x>",
        String(repeating: "<x>", count: 100),
    ])
    func noPacket(text: String) {
        #expect(XMPPacket(Array(text.utf8)) == nil)
    }

    /// XMP completes EXIF and never contradicts it.
    @Test(arguments: [true, false]) func completesEXIF(isPNG: Bool) throws {
        let attributes =
            #"exif:GPSLatitude="1N" exif:GPSLongitude="2E" exif:GPSTimeStamp="2026-03-05T12:00:00Z""#
        let xmp = Self.packet(attributes: attributes) + [0, 0]
        func finding(_ exif: ExifBuilder?) throws -> ExifReader.Finding {
            var segments = [ExifBuilder.segment(0xE1, text("http://ns.adobe.com/xap/1.0/\0") + xmp)]
            if let exif { segments.append(ExifBuilder.segment(0xE1, text("Exif\0\0") + exif.block)) }
            let chunk = text("XML:com.adobe.xmp\0\0\0\0\0") + xmp
            let png =
                ImageCandidates.pngSignature
                + [0, 0, UInt8(chunk.count >> 8), UInt8(chunk.count & 255)] + text("iTXt") + chunk + [
                    0, 0, 0, 0,
                ]
            let bytes = isPNG && exif == nil ? png : ExifBuilder.jpeg(segments)
            let upload = MemoryUpload([("p.jpg", bytes)])
            return try ExifReader.read(upload.files[0], in: upload)
        }
        guard case .exif(let alone) = try finding(nil) else { return #expect(Bool(false), "nothing found") }
        #expect(alone.position == ExifData.Position(latitude: 1, longitude: 2))
        #expect(alone.time == UTCTime(rfc3339: "2026-03-05T12:00:00Z"))
        var partial = ExifBuilder.sample(isBigEndian: true)
        partial.gps = []
        guard case .exif(let both) = try finding(partial) else {
            return #expect(Bool(false), "nothing found")
        }
        #expect(
            both.position == alone.position && both.time != alone.time && both.device == "Make Model #A-7")
        guard case .exif(let whole) = try finding(.sample(isBigEndian: true)) else {
            return #expect(Bool(false), "nothing found")
        }
        #expect(whole.position?.latitude ?? 0 > 37)
    }
}
