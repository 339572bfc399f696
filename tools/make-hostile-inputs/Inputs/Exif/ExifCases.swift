/// Hostile EXIF blocks. Beside each photo stands a good one, so that a photo without a position is a frame that says why,
/// and not an upload that nobody knows.
enum ExifCases {
    @Sendable static func all() -> [HostileCase] {
        var cases = containers() + XMPCases.all()
        for isBigEndian in [true, false] {
            let order = isBigEndian ? "big" : "little"
            let sample = TIFFParts.sample(isBigEndian: isBigEndian)
            cases += ExifBlockFaults.all(sample, order) + ExifValueFaults.all(sample, order)
            cases += Mutation.cases(
                "exif", of: [(order, sample.bytes)], count: 30, seed: isBigEndian ? 0x4D4D : 0x4949
            ) { upload(photo(block: $0)) }
        }
        return cases
    }

    /// What becomes of the photo in question.
    static func make(_ name: String, photo: [UInt8], _ expected: ExpectedFrame) -> HostileCase {
        HostileCase("exif/\(name)", upload(photo), .frames([expected, good]))
    }

    /// The photo with position and time by GPS.
    static func whole(latitudeE7: Int = TIFFParts.latitudeE7, at time: Int64 = TIFFParts.gpsTime)
        -> ExpectedFrame
    {
        ExpectedFrame("a.jpg", ExpectedFix(latitudeE7, TIFFParts.longitudeE7, time))
    }

    /// The photo without a position, which complains in these words.
    static func placeless(at time: Int64? = TIFFParts.gpsTime, _ complaint: String = "no position")
        -> ExpectedFrame
    {
        ExpectedFrame("a.jpg", nil, at: time, complaint: complaint)
    }

    private static let good = ExpectedFrame(
        "b.jpg", ExpectedFix(TIFFParts.latitudeE7, TIFFParts.longitudeE7, TIFFParts.gpsTime))

    private static func upload(_ photo: [UInt8]) -> [(path: String, bytes: [UInt8])] {
        [("a.jpg", photo), ("b.jpg", ExifCases.photo(block: TIFFParts.sample(isBigEndian: true).bytes))]
    }

    /// A JPEG file up to its scan; EXIF begins at byte 30.
    static func photo(block: [UInt8]) -> [UInt8] { photo([app1(block)]) }

    static func photo(_ segments: [[UInt8]]) -> [UInt8] {
        [0xFF, 0xD8] + JPEGParts.app0 + segments.flatMap { $0 } + [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
    }

    static func app1(_ block: [UInt8]) -> [UInt8] { JPEGParts.segment(0xE1, utf8("Exif\0\0") + block) }

    /// Where the block begins in ``photo(block:)``: behind SOI, APP0, and the marker, length and name of APP1.
    static let blockStart = 2 + 18 + 4 + 6

    /// The segments and chunks around the block.
    private static func containers() -> [HostileCase] {
        let block = TIFFParts.sample(isBigEndian: true).bytes
        let nothing = TIFFParts(isBigEndian: true).bytes
        let noExif = ExpectedFrame("a.jpg", nil, complaint: "no EXIF in this image")
        let noImage = ExpectedFrame("a.jpg", nil, complaint: "neither a JPEG nor a PNG file")
        let chunks = PNGParts.image(8, 8)
        let padding = JPEGParts.segment(0xE2, [UInt8](repeating: 0, count: 60_000))
        let cases: [(String, [UInt8], ExpectedFrame)] = [
            ("plain", photo(block: block), whole()),
            ("empty-file", [], ExpectedFrame("a.jpg", nil, complaint: "the file is empty")),
            ("text", utf8("not a picture"), noImage), ("start-only", [0xFF, 0xD8, 0xFF], noExif),
            ("no-segments", photo([]), noExif), ("empty-app1", photo([JPEGParts.segment(0xE1, [])]), noExif),
            ("name-cut", photo([JPEGParts.segment(0xE1, utf8("Exif"))]), noExif),
            ("name-only", photo([JPEGParts.segment(0xE1, utf8("Exif\0\0"))]), noExif),
            ("length-0", [0xFF, 0xD8, 0xFF, 0xE1, 0, 0] + utf8("Exif\0\0") + block, noExif),
            ("length-1", [0xFF, 0xD8, 0xFF, 0xE1, 0, 1] + utf8("Exif\0\0") + block, noExif),
            // The segment says more than the file has: what is there counts.
            (
                "length-beyond-the-file", [0xFF, 0xD8, 0xFF, 0xE1, 255, 255] + utf8("Exif\0\0") + block,
                whole()
            ),
            ("behind-the-scan", photo([]) + app1(block), noExif),
            ("two-blocks-first-empty", photo([app1(nothing), app1(block)]), whole()),
            ("two-blocks-first-broken", photo([app1([1, 2, 3]), app1(block)]), whole()),
            (
                "fifth-block", photo([[UInt8]](repeating: app1(nothing), count: 4) + [app1(block)]),
                placeless(at: nil)
            ),
            ("behind-180-kilobytes", photo([padding, padding, padding, app1(block)]), whole()),
            (
                "behind-300-kilobytes", photo([padding, padding, padding, padding, padding, app1(block)]),
                noExif
            ),
            ("thousand-fill-bytes", photo([[UInt8](repeating: 0xFF, count: 1000), app1(block)]), whole()),
            ("png", chunks.inserting("eXIf", block, before: "IDAT").bytes, whole()),
            ("png-empty", chunks.inserting("eXIf", [], before: "IDAT").bytes, noExif),
            ("png-behind-pixels", chunks.inserting("eXIf", block, before: "IEND").bytes, noExif),
            (
                "png-two-first-broken",
                chunks.inserting("eXIf", [1], before: "IDAT")
                    .inserting("eXIf", block, before: "IDAT").bytes, whole()
            ),
            (
                "png-length-of-32-bits", PNGParts.signature + [255, 255, 255, 255] + utf8("eXIf") + block,
                whole()
            ),
        ]
        return cases.map { make("container/\($0.0)", photo: $0.1, $0.2) }
    }
}
