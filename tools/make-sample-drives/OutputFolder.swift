import Canonical
import FoundationEssentials

/// The folder that the sample is written to, laid out as an inbox.
struct OutputFolder {
    let root: URL

    init(path: String) {
        root = URL(filePath: path, directoryHint: .isDirectory)
    }

    /// Writes `uploads` with their receipts beside them; earlier contents of the contributors' folders are
    /// removed.
    func write(_ uploads: [SampleUpload]) throws {
        for contributor in Set(uploads.map(\.contributor)).sorted() {
            let folder = root.appending(path: contributor, directoryHint: .isDirectory)
            if FileManager.default.fileExists(atPath: folder.path) {
                try FileManager.default.removeItem(at: folder)
            }
        }
        for upload in uploads {
            let folder = root.appending(
                path: "\(upload.contributor)/\(upload.name)", directoryHint: .isDirectory)
            for file in upload.files { try write(file, in: folder) }
            let receipt = OrderedJSON.object(["received_at": .string(upload.receivedAt.description)])
            try write(
                OutputFile("\(upload.name).receipt.json", receipt.bytes + [0x0A]),
                in: folder.deletingLastPathComponent())
        }
    }

    /// Writes one file, and the folders it lies in.
    func write(_ file: OutputFile, in folder: URL) throws {
        let place = folder.appending(path: file.path, directoryHint: .notDirectory)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        switch file.content {
        case .bytes(let bytes): try Data(bytes).write(to: place)
        case .link(let target):
            try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
        }
    }
}
