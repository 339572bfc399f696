import Canonical
import Store
import Synchronization

/// Keeps copies of the frames of one upload, many to a write: while frames are measured, those before them become
/// durable.
final class BlobWriter: Sendable {
    private struct State {
        var waiting: [PendingFile] = []
        var commits: [Task<Void, any Error>] = []
    }

    /// Enough that making them durable costs each of them little.
    private static let batch = 64

    private let blobs: BlobWriting
    private let state = Mutex(State())

    init(_ blobs: BlobWriting) {
        self.blobs = blobs
    }

    /// Writes a copy of `bytes`, unless the store has one. May be called from any task.
    func keep(_ bytes: [UInt8], hash: ContentHash) throws {
        guard let pending = try blobs.stage(bytes, hash: hash) else { return }
        let blobs = blobs
        state.withLock { state in
            state.waiting.append(pending)
            guard state.waiting.count >= Self.batch else { return }
            let batch = state.waiting
            state.waiting = []
            state.commits.append(Task { try await Disk.run { try blobs.commit(batch) } })
        }
    }

    /// Returns once every copy is durable under its name.
    func finish() async throws {
        let (rest, commits) = take()
        for commit in commits { try await commit.value }
        try await Disk.run { [blobs] in try blobs.commit(rest) }
    }

    /// Removes what has no name yet.
    func abandon() async {
        let (rest, commits) = take()
        for commit in commits { _ = try? await commit.value }
        for pending in rest { pending.abandon() }
    }

    private func take() -> ([PendingFile], [Task<Void, any Error>]) {
        state.withLock { state in
            defer { state = State() }
            return (state.waiting, state.commits)
        }
    }
}
