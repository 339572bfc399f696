import DriveFormats
import HostileInputs
import Store
import TestSupport
import Testing

/// Uploads that hurt by what lies in them, through the listing and reading that the workspace uses.
@Suite struct HostilePathTests {
    @Test(arguments: PathCase.all)
    func comesOutAsItMust(_ input: PathCase) throws {
        let folder = try TemporaryFolder()
        let maker = PathMaker(folder: folder.path)
        // Not everybody may make devices, and not every file system has room for the names of terabytes.
        guard input.make(maker) else { return }
        do {
            let directory = try UploadDirectory(maker.upload)
            input.change?(maker)
            try check(directory, input)
        } catch let error as UnsafeUpload {
            guard case .refused(let code, let place) = input.expected else {
                Issue.record("\(input.name) is refused: \(error)")
                return
            }
            #expect(error.code == code, "\(input.name)")
            #expect(place.isEmpty || error.place == place, "\(input.name)")
            let said = Array("\(error.place) \(error.reason)".utf8)
            #expect(said.allSatisfy { (0x20..<0x7F).contains($0) }, "\(input.name): escaped for a terminal")
        }
    }

    private func check(_ directory: UploadDirectory, _ input: PathCase) throws {
        let paths = directory.files.map { Array($0.path.utf8) }
        switch input.expected {
        case .refused(let code, _): Issue.record("\(input.name) is listed and not \(code)")
        case .listed(let expected):
            #expect(paths == expected, "\(input.name)")
            for file in directory.files {
                let bytes = try directory.bytes(of: file, range: 0..<file.size)
                #expect(bytes.count == file.size && bytes != Array(PathMaker.secret.utf8), "\(input.name)")
            }
        case .unreadable(let path):
            let file = try #require(directory.files.first { Array($0.path.utf8) == path })
            #expect(throws: UploadReadError.self, "\(input.name)") {
                try directory.bytes(of: file, range: 0..<6)
            }
        }
    }
}

extension PathCase: CustomTestStringConvertible {
    /// The case's name.
    public var testDescription: String { name }
}
