import Canonical
import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct QuarantineTests {
    private let folder: TemporaryFolder
    private let quarantine: Quarantine
    private let record = QuarantineRecord(
        name: "0123456789abcdef", contributor: "ada", source: "drive\n7", code: "upload.unknown_format",
        place: "a/b", reason: "no format \"known\" here", remedy: "deliver again",
        receivedAt: .at("2026-03-05T18:00:00Z"))

    init() throws {
        folder = try TemporaryFolder()
        quarantine = Quarantine(root: "\(folder.path)/quarantine")
        try DurableWrite.directory("\(folder.path)/quarantine")
    }

    @Test func recordsTheReasonAndMovesTheUpload() throws {
        try folder.write("x", to: "inbox/ada/drive/file")
        try quarantine.add(record, moving: "\(folder.path)/inbox/ada/drive")
        #expect(try quarantine.names() == [record.name])
        let path = quarantine.path(of: record.name)
        #expect(try Files.bytes("\(path)/upload/file") == Array("x".utf8))
        #expect(Files.names("\(folder.path)/inbox/ada") == [])
        let json =
            try JSONSerialization.jsonObject(
                with: Data(try Files.bytes("\(path)/reason.json"))) as? [String: Any]
        #expect(json?["code"] as? String == "upload.unknown_format")
        #expect(json?["upload"] as? String == "drive\n7")
        #expect(json?["received_at"] as? Int == 1_772_733_600_000)
        #expect(json?["remedy"] as? String == "deliver again")
    }

    /// Delivered again under the same name and refused again: the inbox is emptied, and neither copy is lost.
    @Test func keepsEveryCopy() throws {
        for content in ["first", "second", "third"] {
            try folder.write(content, to: "inbox/ada/drive/file")
            try quarantine.add(record, moving: "\(folder.path)/inbox/ada/drive")
            #expect(Files.names("\(folder.path)/inbox/ada") == [])
        }
        let kept = try Files.tree(quarantine.path(of: record.name)).values
        for content in ["first", "second", "third"] { #expect(kept.contains(Array(content.utf8))) }
    }

    /// What cannot be moved stays where it is; that is no failure of the run.
    @Test func recordsWhatItCannotMove() throws {
        try quarantine.add(record, moving: "\(folder.path)/gone")
        try quarantine.add(record, moving: "/proc/self")
        try quarantine.add(record, moving: nil)
        #expect(Files.names(quarantine.path(of: record.name)) == ["reason.json"])
    }

    @Test func clearsWhatAKilledRunLeft() throws {
        let path = quarantine.path(of: record.name)
        try Files.write([], to: "\(path)/\(DurableWrite.temporaryPrefix)123-reason.json")
        try quarantine.add(record, moving: nil)
        #expect(Files.names(path) == ["reason.json"])
    }

    @Test func readsWhatItWrote() throws {
        #expect(try quarantine.entry(record.name) == nil)
        for _ in 0..<11 {
            try folder.write("x", to: "inbox/ada/drive/file")
            try quarantine.add(record, moving: "\(folder.path)/inbox/ada/drive")
        }
        let entry = try #require(try quarantine.entry(record.name))
        #expect(entry.record == record)
        let path = quarantine.path(of: record.name)
        #expect(entry.copies == ["\(path)/upload"] + (2...11).map { "\(path)/upload-\($0)" })
        // What lies there already is not moved into itself.
        try quarantine.add(record, moving: "\(path)/upload-3")
        #expect(try quarantine.entry(record.name)?.copies.count == 11)
    }

    /// Records of workspaces made before uploads elsewhere had a path in them.
    @Test func readsRecordsWithoutAPath() throws {
        let text = """
            {"code":"c","contributor":"ada","format":"waggle-quarantine/1","name":"0123456789abcdef","place":"p",
            "reason":"r","received_at":7,"remedy":"m","upload":"u"}
            """
        let read = try QuarantineRecord(json: Array(text.utf8))
        #expect(read.path == nil && read.receivedAt.milliseconds == 7 && read.source == "u")
    }

    @Test(arguments: ["", "{}", "[]", "null", "{\"format\":\"waggle-quarantine/2\"}", "other"])
    func callsDamageByItsName(_ text: String) throws {
        let other = text == "other" ? String(decoding: record.canonicalJSON.bytes, as: UTF8.self) : text
        let name = "fedcba9876543210"
        try folder.write(other, to: "quarantine/\(name)/reason.json")
        #expect(throws: QuarantineDamage.self) { try quarantine.entry(name) }
        try Files.write([], to: "\(quarantine.path(of: "00000000000000aa"))/upload/file")
        #expect(throws: QuarantineDamage.self) { try quarantine.entry("00000000000000aa") }
    }

    @Test(arguments: ["..", "../quarantine", "0123456789ABCDEF", "0123456789abcde/", ""])
    func leavesItsDirectoryByNoName(_ name: String) throws {
        try folder.write("x", to: "inbox/file")
        #expect(try quarantine.entry(name) == nil)
        #expect(throws: FileFailure.self) { try quarantine.remove(name) }
        #expect(Files.names("\(folder.path)/inbox") == ["file"])
    }

    /// Names that are no UTF-8, folders deeper than a path may be long, links out of it.
    @Test func removesWhateverLiesThere() throws {
        try folder.write("keep", to: "outside/file")
        try quarantine.add(record, moving: nil)
        let upload = "\(quarantine.path(of: record.name))/upload"
        try Files.write([1], to: "\(upload)/lifted-1")
        try Files.write([1], to: "\(upload)/b/lifted-2/file")
        symlink("\(folder.path)/outside", "\(upload)/link")
        symlink("\(folder.path)/outside/file", "\(upload)/b/link")
        mkfifo("\(upload)/fifo", 0o600)
        let strange: [CChar] = [0x61, -1, 0x0A, 0x62, 0]
        var directory = open(upload, O_RDONLY | O_DIRECTORY)
        close(openat(directory, strange, O_CREAT | O_WRONLY, 0o600))
        for _ in 0..<1500 {
            #expect(mkdirat(directory, strange, 0o700) == 0 || errno == EEXIST)
            let next = openat(directory, "deep", O_RDONLY | O_DIRECTORY)
            if next < 0 { mkdirat(directory, "deep", 0o700) }
            let inner = next < 0 ? openat(directory, "deep", O_RDONLY | O_DIRECTORY) : next
            close(directory)
            directory = inner
        }
        close(directory)
        let listed = try QuarantinedFiles(in: upload, limit: 12)
        #expect(!listed.areAll && listed.items.count == 12)
        #expect(try QuarantinedFiles(in: upload, limit: 1000).items.contains { $0.path == "a\\xff\\x0ab" })
        try quarantine.remove(record.name)
        #expect(Files.names("\(folder.path)/quarantine") == [])
        #expect(Files.names("\(folder.path)/outside") == ["file"])
    }

    @Test func listsWithoutFollowing() throws {
        try folder.write("12345", to: "up/a/file")
        try folder.write("x", to: "outside/secret")
        symlink("../outside", "\(folder.path)/up/b")
        mkfifo("\(folder.path)/up/c", 0o600)
        mkdir("\(folder.path)/up/d", 0o700)
        let listed = try QuarantinedFiles(in: "\(folder.path)/up", limit: 10)
        #expect(listed.items.map(\.path) == ["a/file", "b", "c", "d"])
        #expect(listed.items.map(\.kind) == [.file, .link, .special, .folder])
        #expect(listed.items.map(\.size) == [5, 0, 0, 0])
        #expect(listed.areAll)
    }
}
