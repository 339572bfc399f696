import DriveFormats
import Foundation
import TestSupport
import Testing

@testable import Store

/// What may happen to an upload between its listing and its reading: nothing outside is read, and no mixture.
@Suite struct UploadRaceTests {
    private let folder: TemporaryFolder
    private var upload: String { "\(folder.path)/upload" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("SECRET", to: "outside/x.jpg")
        try folder.write("inside", to: "upload/deep/x.jpg")
    }

    private func expectRefusal(after change: () throws -> Void) throws {
        let directory = try UploadDirectory(upload)
        let file = try #require(directory.files.first)
        #expect(try directory.bytes(of: file, range: 0..<6) == Array("inside".utf8))
        try change()
        #expect(throws: UploadReadError.self) { try directory.bytes(of: file, range: 0..<6) }
    }

    @Test func fileBecomesALink() throws {
        try expectRefusal {
            unlink("\(upload)/deep/x.jpg")
            symlink("../../outside/x.jpg", "\(upload)/deep/x.jpg")
        }
    }

    @Test func folderBecomesALink() throws {
        try expectRefusal {
            rename("\(upload)/deep", "\(upload)/moved")
            symlink("../outside", "\(upload)/deep")
        }
    }

    @Test func fileBecomesAFIFO() throws {
        try expectRefusal {
            unlink("\(upload)/deep/x.jpg")
            mkfifo("\(upload)/deep/x.jpg", 0o600)
        }
    }

    @Test func fileBecomesAFolder() throws {
        try expectRefusal {
            unlink("\(upload)/deep/x.jpg")
            mkdir("\(upload)/deep/x.jpg", 0o700)
        }
    }

    @Test func fileGoesAway() throws {
        try expectRefusal { unlink("\(upload)/deep/x.jpg") }
    }

    @Test func fileIsTruncated() throws {
        try expectRefusal { truncate("\(upload)/deep/x.jpg", 3) }
    }

    @Test func fileGrows() throws {
        try expectRefusal { try folder.write("inside and more", to: "upload/deep/x.jpg") }
    }

    /// Another file of the same size under the same name is another upload.
    @Test func fileIsReplacedByAnEqualSize() throws {
        try folder.write("INSIDE", to: "outside/y.jpg")
        try expectRefusal { rename("\(folder.path)/outside/y.jpg", "\(upload)/deep/x.jpg") }
    }

    /// The upload's own directory is swapped for a link: what was opened stays what it was.
    @Test func uploadBecomesALink() throws {
        let directory = try UploadDirectory(upload)
        let file = try #require(directory.files.first)
        rename(upload, "\(folder.path)/moved")
        try folder.write("SECRET", to: "outside/deep/x.jpg")
        symlink("outside", upload)
        #expect(try directory.bytes(of: file, range: 0..<6) == Array("inside".utf8))
    }

    /// Somebody swaps a file and a link to the outside as fast as they can while the upload is listed and read.
    @Test func neverReadsOutsideInARace() throws {
        let swapper = try ChildProcess([
            "/usr/bin/perl", "-e",
            """
            chdir $ARGV[0] or exit 1; symlink '../outside', 'link' or exit 1;
            symlink '../outside/x.jpg', 'file' or exit 1;
            while (1) {
              rename 'deep', 'aside'; rename 'link', 'deep'; rename 'deep', 'link'; rename 'aside', 'deep';
              rename 'deep/x.jpg', 'y'; rename 'file', 'deep/x.jpg'; rename 'deep/x.jpg', 'file';
              rename 'y', 'deep/x.jpg';
            }
            """, upload,
        ])
        for _ in 0..<3000 {
            guard let directory = try? UploadDirectory(upload) else { continue }
            for file in directory.files {
                guard let bytes = try? directory.bytes(of: file, range: 0..<6) else { continue }
                #expect(bytes == Array("inside".utf8))
            }
        }
        #expect(!swapper.hasEnded())
        withExtendedLifetime(swapper) {}
    }
}
