/// Prints what Waggle reads in files, one JSON object a line, to be held against other programs by
/// `tools/compare_readers.py`:
///
///     swift run print-readings FILE...
///
/// An image gives its decoded size and what its EXIF and XMP say; any other file the fixes of its trace, as if it lay
/// beside a photo. Numbers are those of the reader, before any stage: degrees, metres per second, milliseconds since 1970.
import Canonical
import DriveFormats
import Glibc
import HostileInputs
import Imaging

/// All bytes of the file `path`; nil where it cannot be read.
func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        guard count >= 0 else { return nil }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
}

/// A JSON text of `members`, those that are nil left out.
func object(_ members: [(String, String?)]) -> String {
    let texts = members.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
    return "{\(texts.joined(separator: ","))}"
}

func quoted(_ text: String) -> String {
    (try? CanonicalJSON(.string(text)).bytes).map { String(decoding: $0, as: UTF8.self) } ?? "null"
}

func numbers(_ fix: RawFix) -> String {
    object([
        ("time", fix.time.map { "\($0.milliseconds)" }), ("latitude", "\(fix.latitude)"),
        ("longitude", "\(fix.longitude)"), ("heading", fix.heading.map { "\($0)" }),
        ("speed", fix.speed.map { "\($0)" }), ("hdop", fix.hdop.map { "\($0)" }),
        ("error", fix.horizontalError.map { "\($0)" }), ("satellites", fix.satellites.map { "\($0)" }),
    ])
}

func refusal(_ error: any Error) -> String {
    guard let error = error as? FormatError else { return quoted("\(error)") }
    return quoted("\(error.code) at \(error.place): \(error.reason)")
}

/// What begins as a photo, and has nothing else.
let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xD9]

func image(_ path: String, _ bytes: [UInt8]) -> String {
    var members: [(String, String?)] = [("file", quoted(path)), ("kind", quoted("image"))]
    do throws(ImageError) {
        let decoded = try ImageDecoder.decode(bytes)
        members.append(("size", "[\(decoded.width),\(decoded.height)]"))
    } catch {
        members.append(("refused", quoted("\(error)")))
    }
    // Among photos a photo without a position is a frame like others, which is read or says why not.
    let frames = try? ExifPhotoFormat().read(MemoryFiles([("a.jpg", bytes)])).flatMap(\.frames)
    let frame = frames?.first
    members.append(("fix", frame?.fix.map(numbers)))
    members.append(("captured", frame?.capturedAt.map { "\($0.milliseconds)" }))
    members.append(("complaint", frame?.complaint.map(quoted)))
    return object(members)
}

func trace(_ path: String, _ bytes: [UInt8]) -> String {
    let upload = MemoryFiles([("photo.jpg", photo), ("trace", bytes)])
    var members: [(String, String?)] = [("file", quoted(path)), ("kind", quoted("trace"))]
    do {
        guard let format = try DriveFormats.recognise(upload) else {
            throw DriveFormats.unknownFormat(upload)
        }
        let drives = try format.read(upload)
        members.append(("format", quoted(format.name)))
        members.append(("remarks", quoted(drives.flatMap(\.remarks).joined(separator: "; "))))
        members.append(("fixes", "[\(drives.flatMap(\.trace).map(numbers).joined(separator: ","))]"))
    } catch {
        members.append(("refused", refusal(error)))
    }
    return object(members)
}

var failed = false
for path in CommandLine.arguments.dropFirst() {
    guard let bytes = contents(path) else {
        failed = true
        continue
    }
    // By what it is, or by what it is called, as the readers have it.
    let isCalledImage = [".jpg", ".jpeg", ".png"].contains { path.lowercased().hasSuffix($0) }
    let isImage = ImageKind.recognise(bytes) != nil || isCalledImage
    print(isImage ? image(path, bytes) : trace(path, bytes))
}
exit(failed ? 1 : 0)
