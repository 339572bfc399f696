import DriveFormats
import Rewards
import Stages
import Store
import TestSupport
import Testing

@testable import Workspace

@Suite struct FrameJobsTests {
    private let folder: TemporaryFolder
    private let jobs: FrameJobs
    private let reader: FrameReader

    /// Thirty files of one to thirty bytes, none of which has a place.
    init() throws {
        folder = try TemporaryFolder()
        for number in 1...30 { try folder.write([UInt8](repeating: 7, count: number), to: "\(number).jpg") }
        let upload = try UploadDirectory(folder.path)
        let drive = RawDrive(
            device: nil, frames: (1...30).map { RawFrame(source: ByteSource(path: "\($0).jpg")) })
        let refusal = Result<Place, Refusal>.failure(Refusal(Finding(.positionMissing)))
        jobs = FrameJobs([drive], [[Result<Place, Refusal>](repeating: refusal, count: 30)], of: upload.files)
        reader = FrameReader(
            upload: upload, rules: Ruleset.standard.measure, duplicates: Ruleset.standard.deduplicate,
            blobs: nil, kept: nil)
    }

    @Test(arguments: [1, 2, 7, 64]) func readingsAreInTheOrderOfTheFrames(workers: Int) async throws {
        let readings = try await jobs.readings(by: reader, workers: workers) { _ in }
        #expect(readings.map(\.bytes) == Array(1...30))
    }

    /// Readings are held against frames by their places: a few too few would be those of others.
    @Test func whatIsCancelledThrows() async {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await jobs.readings(by: reader, workers: 2) { _ in }.count
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
