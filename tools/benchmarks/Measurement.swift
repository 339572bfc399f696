import Glibc

/// What a piece of work cost.
struct Cost {
    /// Processor time of user and system, seconds.
    var cpu: Double
    /// Elapsed time, seconds.
    var wall: Double
    /// Largest resident memory of the process, KiB; 0 for work in this process.
    var peakKiB: Int

    /// The cost of `body` in this process.
    static func of(_ body: () throws -> Void) rethrows -> Cost {
        let (cpu, wall) = (processorTime(), now())
        try body()
        return Cost(cpu: processorTime() - cpu, wall: now() - wall, peakKiB: 0)
    }

    /// Largest resident memory in millions of bytes.
    var peakMB: Double { Double(peakKiB) * 1024 / 1e6 }

    /// The cost of running `program` with `arguments`. What it prints goes into the file `output`, what it says of errors
    /// to stderr.
    static func of(program: String, _ arguments: [String], output: String = "/dev/null") throws -> Cost {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(
            &actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        let start = now()
        var child = pid_t()
        guard posix_spawn(&child, program, &actions, nil, words, environ) == 0 else {
            throw BenchmarkError("cannot start \(program)")
        }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(child, &status, 0, &usage) == child else { throw BenchmarkError("lost \(program)") }
        guard status == 0 else {
            throw BenchmarkError(
                "\(program) \(arguments.joined(separator: " ")) ended with status \(status >> 8)")
        }
        return Cost(cpu: seconds(usage), wall: now() - start, peakKiB: Int(usage.ru_maxrss))
    }

    /// The largest resident memory this process has had, in millions of bytes.
    static var ownPeakMB: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Cost(cpu: 0, wall: 0, peakKiB: Int(usage.ru_maxrss)).peakMB
    }

    private static func processorTime() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return seconds(usage)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func seconds(_ usage: rusage) -> Double {
        [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }
}

/// Why a benchmark could not be run.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension [Double] {
    /// Minimum, median and maximum with three decimals.
    var summary: String {
        let sorted = sorted()
        guard let first = sorted.first, let last = sorted.last else { return "nothing" }
        return "min \(rounded(first)), median \(rounded(sorted[count / 2])), max \(rounded(last))"
    }

    private func rounded(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }
}
