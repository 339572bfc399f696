import Dispatch

/// A thread beside those that measure frames, for work that waits for the disk. A task that waited for it in place
/// would take a processor from the others.
enum Disk {
    private static let queue = DispatchQueue(label: "waggle.disk")

    /// Runs `work` there, in the order of the calls.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
