import DriveFormats
import Stages
import Synchronization

/// The frames of one upload that are to be read, and who reads them.
struct FrameJobs: Sendable {
    /// One frame to read.
    private struct Job: Sendable {
        let source: ByteSource
        /// Nil where the upload speaks of an image that was not delivered.
        let file: UploadFile?
        let place: Result<Place, Refusal>
    }

    private let frames: [Job]

    /// Frames that a worker reads before it lets others have its thread.
    private static let framesInARow = 8

    /// The frames of `drives`, of which every one has its place or refusal in `places`.
    init(_ drives: [RawDrive], _ places: [[Result<Place, Refusal>]], of files: [UploadFile]) {
        // By bytes: two names that differ only in how they compose an accent are two files.
        let files = Dictionary(files.map { (Array($0.path.utf8), $0) }) { first, _ in first }
        frames = zip(drives, places).flatMap { drive, places in
            zip(drive.frames, places).map { frame, place in
                Job(source: frame.source, file: files[Array(frame.source.path.utf8)], place: place)
            }
        }
    }

    /// Where the frames' bytes are, in the order of the frames.
    var sources: [ByteSource] { frames.map(\.source) }

    /// Reads every frame and gives the readings in the order of the frames.
    ///
    /// As many tasks as `workers` says take one frame after the other: a task for every frame would cost a change of
    /// threads each time.
    func readings(
        by reader: FrameReader, workers: Int, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> [FrameReading] {
        let queue = Queue(count: frames.count)
        var readings = [FrameReading?](repeating: nil, count: frames.count)
        try await withThrowingTaskGroup(of: [(Int, FrameReading)].self) { group in
            for _ in 0..<workers {
                group.addTask { try await read(queue, reader, progress) }
            }
            for try await part in group {
                for (index, reading) in part { readings[index] = reading }
            }
        }
        return readings.compactMap { $0 }
    }

    private func read(
        _ queue: Queue, _ reader: FrameReader, _ progress: @Sendable (Int) -> Void
    ) async throws -> [(Int, FrameReading)] {
        var read: [(Int, FrameReading)] = []
        while let index = queue.next() {
            // Where another one fails, the group is cancelled. A frame that was taken and not read must not go unseen.
            try Task.checkCancellation()
            let frame = frames[index]
            read.append((index, try reader.read(frame.source, of: frame.file, place: frame.place)))
            progress(1)
            // Where there are as many workers as threads, what writes the frames before these to disk waits for one.
            if read.count % Self.framesInARow == 0 { await Task.yield() }
        }
        return read
    }

    /// Gives every number below `count` to one of those who ask.
    private final class Queue: Sendable {
        private let count: Int
        private let given = Atomic(0)

        init(count: Int) {
            self.count = count
        }

        func next() -> Int? {
            let number = given.add(1, ordering: .relaxed).oldValue
            return number < count ? number : nil
        }
    }
}
