import SeededNumbers
import Foundation
import Imaging
import TestSupport

/// One upload of every nasty kind, beside each other in an inbox.
struct HostileInbox {
    private let inbox: String
    /// Uploads that must go to quarantine, with the code.
    private(set) var quarantined: [String: String] = [:]
    /// Uploads of which every frame must be refused, with how many there are.
    private(set) var refused: [String: Int] = [:]
    /// What must never be read.
    static let secret = "THE SECRET OUTSIDE"

    init(_ hive: Hive) throws {
        inbox = hive.inbox
        try hive.folder.write(Self.secret, to: "outside/secret.jpg")
        try unsafeFiles(hive)
        try brokenImages()
        try brokenText()
    }

    private func path(_ name: String) -> String { "\(inbox)/mallory/\(name)" }

    private func picture(_ upload: String, _ bytes: [UInt8], named name: String = "a") throws {
        try Files.write(bytes, to: "\(path(upload))/\(name).jpg")
        try Files.write(
            Array("{\"time\":1773225020554,\"lat\":48.2,\"lon\":11.0}".utf8),
            to: "\(path(upload))/\(name).json")
    }

    private mutating func unsafeFiles(_ hive: Hive) throws {
        for name in ["symlink", "dangling", "fifo", "socket", "device", "dotdot"] { try picture(name, []) }
        symlink("\(hive.folder.path)/outside/secret.jpg", "\(path("symlink"))/b.jpg")
        symlink("/nowhere", "\(path("dangling"))/b.jpg")
        symlink("../../..", "\(path("dotdot"))/..b")
        mkfifo("\(path("fifo"))/b.jpg", 0o600)
        let perl = "IO::Socket::UNIX->new(Local => 'b.jpg', Listen => 1) or exit 1"
        _ = try ChildProcess([
            "/usr/bin/env", "-C", path("socket"), "perl", "-MIO::Socket::UNIX", "-e", perl,
        ]).wait()
        for name in ["symlink", "dangling", "fifo", "socket", "dotdot"] {
            quarantined[name] = "upload.unsafe_file"
        }
        if mknod("\(path("device"))/b.jpg", S_IFCHR | 0o600, 0x105) == 0 {
            quarantined["device"] = "upload.unsafe_file"
        } else {
            refused["device"] = 1
        }
        for (upload, name) in [("newline", "a\nb"), ("escape", "a\u{1B}[2Jb")] {
            try picture(upload, [], named: name)
            quarantined[upload] = "upload.unsafe_name"
        }
        try picture("deep/1/2/3/4/5/6/7/8/9", [])
        quarantined["deep"] = "upload.too_large"
        try picture("sparse", [])
        if truncate("\(path("sparse"))/b.bin", 0) != 0 { try Files.write([], to: "\(path("sparse"))/b.bin") }
        if truncate("\(path("sparse"))/b.bin", 1 << 42) == 0 { quarantined["sparse"] = "upload.too_large" }
        try Files.write([], to: "\(path("empty"))/.keep")
        quarantined["empty"] = "upload.unknown_format"
        // No directory, and therefore no upload.
        try Files.write([1], to: path("a-file"))
        symlink("\(hive.folder.path)/outside", path("a-link"))
    }

    private mutating func brokenImages() throws {
        var random = SplitMix64(seed: 99)
        let whole = try TestPicture.jpeg(500)
        let header: [UInt8] = [0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x0B, 8, 0xFF, 0xDC, 0xFF, 0xDC, 1, 1, 0x11, 0]
        let scan: [UInt8] = [0xFF, 0xDA, 0x00, 0x08, 1, 1, 0x00, 0, 63, 0]
        let progressive = try JPEGEncoder.encode(
            gray: [UInt8](repeating: 9, count: 64 * 64), width: 64, height: 64, progressive: true)
        let images: [String: [UInt8]] = [
            "zero": [], "noise": (0..<20_000).map { _ in UInt8.random(in: .min ... .max, using: &random) },
            "noise-jpeg": [0xFF, 0xD8, 0xFF, 0xE0]
                + (0..<20_000).map { _ in UInt8.random(in: .min ... .max, using: &random) },
            "half": Array(whole.prefix(whole.count / 2)), "cut": Array(whole.dropLast(3)),
            "giant": header + scan,
            "scan-bomb": Self.manyScans(progressive),
        ]
        for (name, bytes) in images {
            try picture(name, bytes)
            refused[name] = 1
        }
        // 51 MB of zeros behind a good image.
        try picture("heavy", whole)
        if truncate("\(path("heavy"))/a.jpg", 51_000_000) == 0 { refused["heavy"] = 1 }
    }

    /// The last scan of a progressive file, 5,000 times over.
    private static func manyScans(_ file: [UInt8]) -> [UInt8] {
        guard let last = file.indices.dropLast().last(where: { file[$0] == 0xFF && file[$0 + 1] == 0xDA })
        else {
            return file
        }
        let scan = file[last..<file.count - 2]
        return Array(file[..<last]) + Array(repeatElement(scan, count: 5000).joined()) + [0xFF, 0xD9]
    }

    private mutating func brokenText() throws {
        let whole = try TestPicture.jpeg(501)
        let sidecars = [
            "null-island": "{\"time\":1773225020554,\"lat\":0.001,\"lon\":0.002}",
            "out-of-range": "{\"time\":1773225020554,\"lat\":1e308,\"lon\":-1e308}",
            "long-ago": "{\"time\":1,\"lat\":48.2,\"lon\":11}",
            "far-future": "{\"time\":9000000000000000,\"lat\":48.2,\"lon\":11}",
        ]
        for (name, sidecar) in sidecars {
            try Files.write(whole, to: "\(path(name))/a.jpg")
            try Files.write(Array(sidecar.utf8), to: "\(path(name))/a.json")
            refused[name] = 1
        }
        let deep = String(repeating: "[", count: 200_000)
        let unreadable = [
            "nan": "{\"time\":1773225020554,\"lat\":NaN,\"lon\":11}", "depth": deep,
            "depth-in": "{\"lat\":\(deep)",
            "twice": "{\"time\":1773225020554,\"lat\":48.2,\"lat\":48.3,\"lon\":11}", "utf16": "\u{FEFF}{}",
        ]
        for (name, sidecar) in unreadable {
            try Files.write(whole, to: "\(path(name))/a.jpg")
            try Files.write(Array(sidecar.utf8), to: "\(path(name))/a.json")
            quarantined[name] = "upload.unknown_format"
        }
        var entities =
            "<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY a \"\(String(repeating: "x", count: 9999))\">"
        for (name, inner) in zip(["b", "c", "d"], ["a", "b", "c"]) {
            entities += "<!ENTITY \(name) \"\(String(repeating: "&\(inner);", count: 100))\">"
        }
        try Files.write(whole, to: "\(path("entities"))/a.jpg")
        try Files.write(Array("\(entities)]><gpx>&d;</gpx>".utf8), to: "\(path("entities"))/a.gpx")
        quarantined["entities"] = ""
    }
}
