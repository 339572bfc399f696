import Canonical
import TestSupport
import Testing

@testable import Store

/// Archives, held against the fields that POSIX gives a `ustar` header.
@Suite struct TarOutputTests {
    private func archive(_ files: [(name: String, bytes: [UInt8])], at seconds: Int64) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let tar = try TarOutput("\(folder.path)/a.tar", time: UTCTime(milliseconds: seconds * 1000 + 999))
        for (number, file) in files.enumerated() {
            try tar.add(try folder.write(file.bytes, to: "f\(number)"), as: file.name)
        }
        try tar.finish()
        return try Files.bytes("\(folder.path)/a.tar")
    }

    private func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self)
    }

    @Test(arguments: [0, 1, 511, 512, 513, 1 << 20, (1 << 20) + 1])
    func headerAndContents(size: Int) throws {
        let contents = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let bytes = try archive([("a/b.json", contents)], at: 1_773_792_000)
        #expect(bytes.count == 512 + (size + 511) / 512 * 512 + 1024)
        #expect(text(bytes, 0..<100) == "a/b.json")
        #expect(text(bytes, 100..<108) == "0000644")
        #expect(text(bytes, 108..<116) == "0000000" && text(bytes, 116..<124) == "0000000")
        #expect(Int(text(bytes, 124..<136), radix: 8) == size)
        #expect(Int(text(bytes, 136..<148), radix: 8) == 1_773_792_000)
        #expect(bytes[156] == UInt8(ascii: "0"))
        #expect(Array(bytes[257..<265]) == Array("ustar\u{0}00".utf8))
        #expect(bytes[265..<329].allSatisfy { $0 == 0 }, "no names of user and group")
        let blank = Array(bytes[0..<148]) + [UInt8](repeating: 0x20, count: 8) + Array(bytes[156..<512])
        #expect(Int(text(bytes, 148..<154), radix: 8) == blank.reduce(0) { $0 + Int($1) })
        #expect(Array(bytes[512..<512 + size]) == contents)
        #expect(bytes[(512 + size)...].allSatisfy { $0 == 0 })
    }

    @Test func theSameTwice() throws {
        let files: [(name: String, bytes: [UInt8])] = [("a", [1, 2, 3]), ("b", []), ("c/d", [9])]
        #expect(try archive(files, at: 5) == archive(files, at: 5))
        #expect(try archive(files, at: 5) != archive(files, at: 6))
    }

    /// Times that eleven octal digits cannot say become the nearest that they can.
    @Test func timesBeyondTheFormat() throws {
        #expect(text(try archive([("a", [])], at: -5), 136..<148) == "00000000000")
        #expect(text(try archive([("a", [])], at: 253_402_300_799), 136..<148) == "77777777777")
    }

    @Test func namesBeyondTheFormatAreRefused() throws {
        #expect(throws: FileFailure.self) { try archive([(String(repeating: "n", count: 101), [])], at: 0) }
        let longest = String(repeating: "n", count: 100)
        #expect(text(try archive([(longest, [])], at: 0), 0..<100) == longest)
    }
}
