import Canonical
import DriveFormats

/// An upload of files that are nowhere but in memory.
struct BytesUpload: UploadContents {
    let files: [UploadFile]
    private let contents: [String: [UInt8]]

    init(_ contents: [String: [UInt8]]) {
        self.contents = contents
        files = contents.map { UploadFile(path: $0.key, size: $0.value.count) }
            .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    func bytes(of file: UploadFile, range: Range<Int>) throws(UploadReadError) -> [UInt8] {
        guard let bytes = contents[file.path] else {
            throw UploadReadError(path: file.path, reason: "no such file")
        }
        return Array(bytes[range.clamped(to: 0..<bytes.count)])
    }
}

/// Images that go with what is fuzzed.
enum TinyImage {
    /// What makes a file a JPEG file for those who look at its beginning only.
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]

    /// The beginning of a JPEG file with an XMP packet, as much of it as a segment holds.
    static func jpeg(xmp packet: [UInt8]) -> [UInt8] {
        let content = Array("http://ns.adobe.com/xap/1.0/\0".utf8) + packet.prefix(65_000)
        let length = content.count + 2
        return [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + content + [0xFF, 0xD9]
    }
}

/// Beginnings by which a format is known.
enum Beginning {
    static let geojson = "{\"type\":\"Feature\",\"x\":\"LineString\","
    static let gnss = "[{\"timestamp\":1765835621,\"latitude\":48.1,\"longitude\":11.5},"
    static let mapillary = "[{\"filename\":\"photo.jpg\",\"MAPLatitude\":1},"
    static let nmea = String(
        repeating: "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n", count: 3)
    /// Signed by the public key of RFC 8032, 7.1, test 1; the hash is that of ``TinyImage/jpeg``.
    static let signedBundle =
        "{\"drives\":[{\"frames\":[{\"path\":\"a.jpg\",\"sha256\":\"\(ContentHash.of(TinyImage.jpeg))\"}]}],"
        + "\"format\":\"waggle-bundle/1\",\"signer\":{\"device\":\"cam\","
        + "\"key\":\"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\",\"sequence\":1}}"
}
