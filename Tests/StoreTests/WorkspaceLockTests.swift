import Foundation
import TestSupport
import Testing

@testable import Store

@Suite struct WorkspaceLockTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/lock" }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func refusesASecondHolder() throws {
        var first: WorkspaceLock? = try WorkspaceLock(path)
        #expect(throws: WorkspaceLock.Held(path: path)) { try WorkspaceLock(path) }
        withExtendedLifetime(first) {}
        first = nil
        #expect(becomesFree())
    }

    @Test func refusesLinksAndMissingFolders() throws {
        try folder.write("x", to: "elsewhere")
        symlink("\(folder.path)/elsewhere", path)
        #expect(throws: FileFailure.self) { try WorkspaceLock(path) }
        #expect(throws: FileFailure.self) { try WorkspaceLock("\(folder.path)/missing/lock") }
    }

    /// Nobody unlocks: the kernel takes the lock from a holder that is killed.
    @Test func isFreeWhenItsHolderIsKilled() throws {
        let holder = try ChildProcess(["/usr/bin/flock", "--no-fork", "-x", path, "/bin/sleep", "600"])
        while isFree() {
            try #require(!holder.hasEnded(), "flock of util-linux is needed")
            usleep(1000)
        }
        #expect(throws: WorkspaceLock.Held(path: path)) { try WorkspaceLock(path) }
        holder.send(SIGKILL)
        #expect(holder.wait() == .killed(SIGKILL))
        #expect(becomesFree())
    }

    private func isFree() -> Bool { (try? WorkspaceLock(path)) != nil }

    /// Another test may just be starting a program, whose child holds what was open until it has become that program.
    private func becomesFree() -> Bool {
        for _ in 0..<1000 {
            if isFree() { return true }
            usleep(10_000)
        }
        return false
    }
}
