import Rewards
import Store

/// The files of an epoch while they are written, line by line.
final class EpochOutput {
    private var files: [FileOutput] = []
    private var waiting: [[UInt8]] = []
    private static let blockBytes = 1 << 20

    /// All files of an epoch, empty, in `directory`.
    init(_ directory: DirectoryOutput) throws {
        for file in EpochFile.allCases {
            files.append(try directory.file(file.name))
            waiting.append([])
        }
    }

    /// Appends `line` and a line feed to `file`.
    func append(_ line: [UInt8], to file: EpochFile) throws {
        let index = file.rawValue
        waiting[index].append(contentsOf: line)
        waiting[index].append(0x0A)
        if waiting[index].count >= Self.blockBytes { try flush(index) }
    }

    /// Hands over what waits.
    func finish() throws {
        for index in files.indices { try flush(index) }
    }

    private func flush(_ index: Int) throws {
        try files[index].append(waiting[index])
        waiting[index].removeAll(keepingCapacity: true)
    }
}
