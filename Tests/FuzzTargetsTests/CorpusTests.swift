import Foundation
import FuzzTargets
import Testing

/// What fuzzing has found worth keeping, and beginnings of every format, read again.
struct CorpusTests {
    private static let corpus = String(#filePath.split(separator: "/CorpusTests.swift")[0]) + "/Corpus"

    @Test(arguments: FuzzTarget.allCases)
    func everyFileIsReadOrRefused(target: FuzzTarget) throws {
        let folder = "\(Self.corpus)/\(target.rawValue)"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(!names.isEmpty, "\(folder) has no files")
        for name in names {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            #expect(target.fault(Array(bytes)) == nil, "\(target.rawValue)/\(name)")
        }
    }

    /// A target that never complains would find nothing.
    @Test func aFaultIsNoticed() {
        #expect(FuzzTarget.json.fault(Array(#"{"a":1}"#.utf8)) == nil)
        #expect(FuzzTarget.text.fault(Array("u281z7h".utf8)) == nil)
    }
}
