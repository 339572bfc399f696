import Glibc

/// The right to change a workspace. The kernel holds it and gives it back when the process ends, however it ends:
/// there is no stale lock and no unlock command.
public final class WorkspaceLock: Sendable {
    /// Somebody else holds the lock.
    public struct Held: Error, Sendable, Equatable {
        /// The lock's file.
        public let path: String
    }

    private let file: FileDescriptor

    /// Takes the lock `path`, making its file where it is missing.
    ///
    /// - Throws: ``Held`` where another process has it, ``FileFailure`` where the file cannot be opened.
    public init(_ path: String) throws {
        file = try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o644)
        while flock(file.number, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: throw Held(path: path)
            default: throw FileFailure("flock", path)
            }
        }
    }
}
