import Glibc

/// A process that a test has started. It is killed and reaped with its last reference, however the test ends.
package final class ChildProcess {
    /// How a process ended.
    package enum End: Equatable, Sendable {
        /// By itself, with this status.
        case exited(Int32)
        /// By this signal.
        case killed(Int32)
    }

    /// The process's number.
    package let id: pid_t
    /// The greatest resident memory of the process that the kernel has told of, bytes. The kernel's figure at the end
    /// may be that of the test itself, out of which the child was made, so the lesser of the two is taken.
    package private(set) var peakMemory = 0
    private var end: End?
    private var seenPeak = 0

    /// Starts `arguments`, the first being the program's path, with `environment` alone, and its output in files.
    package init(
        _ arguments: [String], environment: [String: String] = [:], standardOutput: String = "/dev/null",
        standardError: String = "/dev/null"
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, standardOutput, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, standardError, flags, 0o600)
        var words = arguments.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, arguments[0], &actions, nil, &words, &variables)
        guard code == 0 else {
            errno = code
            throw SystemFailure("posix_spawn \(arguments[0])")
        }
        id = started
    }

    deinit {
        if end == nil {
            kill(id, SIGKILL)
            var status: Int32 = 0
            waitpid(id, &status, 0)
        }
    }

    /// Sends `signal`.
    package func send(_ signal: Int32) {
        if end == nil { kill(id, signal) }
    }

    /// Whether it has ended.
    package func hasEnded() -> Bool { reap(WNOHANG) != nil }

    /// Waits until it ends.
    @discardableResult
    package func wait() -> End {
        while true {
            if let end = reap(WNOHANG) { return end }
            seenPeak = max(seenPeak, highWaterMark())
            usleep(2000)
        }
    }

    private func reap(_ options: Int32) -> End? {
        if let end { return end }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(id, &status, options, &usage) == id else { return nil }
        let kernels = Int(usage.ru_maxrss) * 1024
        peakMemory = seenPeak > 0 ? min(kernels, seenPeak) : kernels
        let signal = status & 0x7F
        end = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal)
        return end
    }

    private func highWaterMark() -> Int {
        guard let file = fopen("/proc/\(id)/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let text = String(decoding: bytes, as: UTF8.self)
            if text.hasPrefix("VmHWM:") { return (Int(text.filter(\.isNumber)) ?? 0) * 1024 }
        }
        return 0
    }
}
