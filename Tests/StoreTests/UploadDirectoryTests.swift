import DriveFormats
import Foundation
import TestSupport
import Testing

@testable import Store

/// What a contributor may put into an upload to be read where nothing of theirs is, or to be read for ever.
@Suite struct UploadDirectoryTests {
    private let folder: TemporaryFolder
    private var upload: String { "\(folder.path)/upload" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("outside", to: "outside/secret")
        try folder.write("inside", to: "upload/a.jpg")
    }

    /// The code and place of the refusal.
    private func refusal(limits: UploadLimits = UploadLimits()) throws -> [String] {
        do {
            _ = try UploadDirectory(upload, limits: limits)
            return []
        } catch let error as UnsafeUpload {
            #expect(!error.reason.isEmpty)
            return [error.code, error.place]
        }
    }

    @Test func listsByBytes() throws {
        for name in ["b", "B", "a.d/x", "a/x", "é", "-rf", "..a", "...", "con", "a b"] {
            try folder.write(name, to: "upload/\(name)")
        }
        let directory = try UploadDirectory(upload)
        let paths = directory.files.map(\.path)
        #expect(
            paths == [
                "-rf", "...", "..a", "B", "a b", "a.d/x", "a.jpg", "a/x", "b", "con", "é",
            ])
        for file in directory.files where file.path != "a.jpg" {
            #expect(try directory.bytes(of: file, range: 0..<100) == Array(file.path.utf8))
        }
    }

    @Test func refusesLinks() throws {
        symlink("\(folder.path)/outside/secret", "\(upload)/b.jpg")
        #expect(try refusal() == ["upload.unsafe_file", "b.jpg"])
    }

    @Test(arguments: ["/nowhere", "../outside", ".", "a.jpg", "/etc/passwd"])
    func refusesLinksToAnything(target: String) throws {
        try folder.write("x", to: "upload/deep/x")
        symlink(target, "\(upload)/deep/link")
        #expect(try refusal() == ["upload.unsafe_file", "deep/link"])
    }

    @Test func refusesFIFOs() throws {
        mkfifo("\(upload)/fifo.jpg", 0o600)
        #expect(try refusal() == ["upload.unsafe_file", "fifo.jpg"])
    }

    @Test func refusesSockets() throws {
        // Made from inside, as a socket's whole path has 107 bytes at most.
        let made = try ChildProcess([
            "/usr/bin/env", "-C", upload, "perl", "-MIO::Socket::UNIX", "-e",
            "IO::Socket::UNIX->new(Local => 's.jpg', Listen => 1) or exit 1",
        ])
        try #require(made.wait() == .exited(0))
        #expect(try refusal() == ["upload.unsafe_file", "s.jpg"])
    }

    @Test(.enabled(if: getuid() == 0)) func refusesDevices() throws {
        guard mknod("\(upload)/zero.jpg", S_IFCHR | 0o666, 0x105) == 0 else { return }
        #expect(try refusal() == ["upload.unsafe_file", "zero.jpg"])
    }

    @Test(
        arguments: [
            [0x0A], [0x1B, 0x5B, 0x32, 0x4A], [0x7F], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAE],
            [0x09],
        ] as [[UInt8]])
    func refusesUnprintableNames(name: [UInt8]) throws {
        var path = Array("\(upload)/x".utf8) + name
        path.append(0)
        let descriptor = path.withUnsafeBytes { raw in
            raw.baseAddress.map { open($0.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600) }
                ?? -1
        }
        try #require(descriptor >= 0)
        close(descriptor)
        do {
            _ = try UploadDirectory(upload)
            Issue.record("listed")
        } catch let error as UnsafeUpload {
            #expect(error.code == "upload.unsafe_name")
            let bytes = Array(error.reason.utf8) + Array(error.place.utf8)
            #expect(bytes.allSatisfy { (0x20..<0x7F).contains($0) }, "escaped for the operator's terminal")
        }
    }

    @Test func refusesNestingBeyondTheLimit() throws {
        try folder.write("x", to: "upload/1/2/3/4/5/6/7/8/x")
        #expect(try refusal() == [])
        try folder.write("x", to: "upload/1/2/3/4/5/6/7/8/9/x")
        #expect(try refusal() == ["upload.too_large", "1/2/3/4/5/6/7/8/9"])
        var limits = UploadLimits()
        limits.maxDepth = 300
        limits.maxPathBytes = 20
        try folder.write("x", to: "upload/1/2/3/4/5/6/7/8/9/10/x")
        #expect(try refusal(limits: limits) == ["upload.unsafe_name", "1/2/3/4/5/6/7/8/9/10"])
    }

    @Test func refusesTooManyFiles() throws {
        var limits = UploadLimits()
        limits.maxFiles = 3
        for name in ["b", "c"] { try folder.write("x", to: "upload/\(name)") }
        #expect(try refusal(limits: limits) == [])
        try folder.write("x", to: "upload/d")
        #expect(try refusal(limits: limits).first == "upload.too_large")
    }

    /// A file that claims terabytes and has no block on disk.
    @Test func refusesSparseGiants() throws {
        try folder.write("", to: "upload/sparse.jpg")
        for size in [off_t(1) << 40, off_t(1) << 43] where truncate("\(upload)/sparse.jpg", size) == 0 {
            #expect(try refusal() == ["upload.too_large", "sparse.jpg"])
        }
        // One within the limits is listed and read only where it is asked for.
        #expect(truncate("\(upload)/sparse.jpg", 1 << 36) == 0)
        let directory = try UploadDirectory(upload)
        let file = try #require(directory.files.first { $0.path == "sparse.jpg" })
        #expect(file.size == 1 << 36)
        #expect(try directory.bytes(of: file, range: 1 << 35..<(1 << 35) + 4) == [0, 0, 0, 0])
    }

    /// Composed and decomposed accents are two files, as they are for the file system.
    @Test func keepsNormalisationTwinsApart() throws {
        try folder.write("composed", to: "upload/caf\u{E9}.jpg")
        try folder.write("decomposed", to: "upload/cafe\u{301}.jpg")
        let directory = try UploadDirectory(upload)
        let twins = directory.files.filter { $0.path != "a.jpg" }
        #expect(twins.map { Array($0.path.utf8).count } == [10, 9])
        #expect(
            try twins.map { String(decoding: try directory.bytes(of: $0, range: 0..<99), as: UTF8.self) }
                == ["decomposed", "composed"])
    }

    @Test func refusesWhatIsNoDirectory() throws {
        #expect(throws: FileFailure.self) { try UploadDirectory("\(upload)/a.jpg") }
        #expect(throws: FileFailure.self) { try UploadDirectory("\(folder.path)/missing") }
        mkfifo("\(folder.path)/fifo", 0o600)
        #expect(throws: FileFailure.self) { try UploadDirectory("\(folder.path)/fifo") }
    }

    @Test func fingerprintsChanges() throws {
        let before = try UploadListing(upload).fingerprint
        #expect(try UploadListing(upload).fingerprint == before)
        try folder.write("inside", to: "upload/b.jpg")
        let added = try UploadListing(upload).fingerprint
        #expect(added != before)
        rename("\(upload)/b.jpg", "\(upload)/c.jpg")
        #expect(try UploadListing(upload).fingerprint != added)
    }
}
