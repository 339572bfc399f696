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
}
