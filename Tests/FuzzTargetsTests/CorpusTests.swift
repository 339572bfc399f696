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
}
