/// XMP packets beside an EXIF block without a position.
enum XMPCases {
    static func all() -> [HostileCase] {
        let time = TIFFParts.gpsTime
        let none = ExifCases.placeless()
        let here = ExpectedFrame("a.jpg", ExpectedFix(482_000_000, 110_000_000, time))
        let plain = #"exif:GPSLatitude="48.2" exif:GPSLongitude="11""#
        func packet(_ attributes: String, prolog: String = "", end: String = "") -> [UInt8] {
            utf8("\(prolog)<x:xmpmeta><rdf:Description \(attributes)/></x:xmpmeta>\(end)")
        }
        let cases: [(String, [UInt8], ExpectedFrame)] = [
            ("degrees", packet(plain), here),
            ("adobe", packet(#"exif:GPSLatitude="48,12.0N" exif:GPSLongitude="11,0,0E""#), here),
            ("nul-padding", packet(plain, end: String(repeating: "\0", count: 4000)), here),
            ("document-type", packet(plain, prolog: "<!DOCTYPE x>"), none),
            (
                "entities",
                packet(
                    "exif:GPSLatitude='&l;' exif:GPSLongitude='11'", prolog: "<!DOCTYPE x [<!ENTITY l '48'>]>"
                ), none
            ),
            ("nan", packet(#"exif:GPSLatitude="nan" exif:GPSLongitude="11""#), none),
            ("infinite", packet(#"exif:GPSLatitude="inf" exif:GPSLongitude="11""#), none),
            ("1e308", packet(#"exif:GPSLatitude="1e308" exif:GPSLongitude="11""#), none),
            (
                "million-digits",
                packet("exif:GPSLatitude='\(String(repeating: "9", count: 60_000))' exif:GPSLongitude='1'"),
                none
            ),
            ("latitude-only", packet(#"exif:GPSLatitude="48.2""#), none),
            ("four-parts", packet(#"exif:GPSLatitude="1,2,3,4N" exif:GPSLongitude="11,0,0E""#), none),
            (
                "negative-and-north", packet(#"exif:GPSLatitude="-48,12.0N" exif:GPSLongitude="11,0,0E""#),
                none
            ),
            ("not-utf8", packet(plain) + [0xFF], none), ("cut", packet(plain).dropLast(20), none),
            ("deep", utf8(String(repeating: "<a>", count: 20_000)), none), ("empty", [], none),
            ("utf16", [0xFE, 0xFF] + packet(plain).flatMap { [0, $0] }, none),
            ("twice", packet(plain + #" exif:GPSLatitude="1""#), none),
        ]
        let block = TIFFParts.sample(isBigEndian: true).without(gps: 0x01).bytes
        return cases.map { name, xmp, expected in
            let segment = JPEGParts.segment(0xE1, utf8("http://ns.adobe.com/xap/1.0/\0") + Array(xmp))
            return ExifCases.make(
                "xmp/\(name)", photo: ExifCases.photo([ExifCases.app1(block), segment]), expected)
        }
    }
}
