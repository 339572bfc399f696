import Foundation
import TestSupport
import Testing

/// The real `waggle`, as it was built with the tests.
enum Program {
    /// Beside the test bundle, unless WAGGLE_BINARY names another one.
    static let path: String = {
        if let named = ProcessInfo.processInfo.environment["WAGGLE_BINARY"] { return named }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return "\(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)])/waggle"
    }()

    /// The repository.
    static let root = String(#filePath.split(separator: "/Tests/WaggleTests/")[0])
    static let samples = "\(root)/SampleDrives"
    static let asOf = "2026-03-20T00:00:00Z"

    /// What a run left behind.
    struct Result {
        let status: Int32
        let output, errors: String
        let peakMemory: Int

        /// The records on stdout; a line that is none is an issue.
        func records(_ location: SourceLocation = #_sourceLocation) -> [[String: Any]] {
            output.split(separator: "\n").compactMap { line in
                let record = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                #expect(record?["type"] is String, "\(line)", sourceLocation: location)
                return record
            }
        }

        /// The last record, which must be the summary.
        func summary(_ location: SourceLocation = #_sourceLocation) -> [String: Any] {
            let last = records(location).last ?? [:]
            #expect(last["type"] as? String == "summary", "\(output)\(errors)", sourceLocation: location)
            return last
        }
    }

    static func start(
        _ arguments: [String], environment: [String: String] = [:], output: String = "/dev/null",
        errors: String = "/dev/null"
    ) throws -> ChildProcess {
        try ChildProcess(
            [path] + arguments, environment: environment, standardOutput: output, standardError: errors)
    }

    /// Runs waggle with `arguments` to its end.
    @discardableResult
    static func run(
        _ arguments: String..., environment: [String: String] = [:], expecting status: Int32? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Result {
        try run(arguments, environment: environment, expecting: status, location)
    }

    /// Runs waggle with `arguments` to its end.
    @discardableResult
    static func run(
        _ arguments: [String], environment: [String: String] = [:], expecting status: Int32? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Result {
        let folder = try TemporaryFolder()
        let (output, errors) = ("\(folder.path)/out", "\(folder.path)/err")
        let process = try start(arguments, environment: environment, output: output, errors: errors)
        let end = process.wait()
        let result = Result(
            status: { if case .exited(let status) = end { status } else { -1 } }(),
            output: String(decoding: try Files.bytes(output), as: UTF8.self),
            errors: String(decoding: try Files.bytes(errors), as: UTF8.self), peakMemory: process.peakMemory)
        if let status {
            #expect(
                end == .exited(status), "\(arguments.joined(separator: " ")): \(result.errors)",
                sourceLocation: location)
        }
        return result
    }
}

/// A workspace made by `waggle init`.
struct Hive {
    let folder: TemporaryFolder
    let path: String

    init(name: String = "hive") throws {
        folder = try TemporaryFolder()
        path = "\(folder.path)/\(name)"
        try Program.run("init", "--workspace", path, expecting: 0)
    }

    /// A workspace that is a copy of `other` as it is now.
    init(copying other: Hive) throws {
        folder = try TemporaryFolder()
        path = "\(folder.path)/hive"
        try Files.copy(other.path, to: path)
    }

    var inbox: String { "\(path)/inbox" }

    /// Fills the inbox with the sample drives, or those of them that are named.
    func deliverSamples(_ wanted: Set<String>? = nil) throws {
        for contributor in Files.names(Program.samples) where !contributor.contains(".") {
            for upload in Files.names("\(Program.samples)/\(contributor)") {
                let name = upload.replacingOccurrences(of: ".receipt.json", with: "")
                guard wanted?.contains("\(contributor)/\(name)") ?? true else { continue }
                try Files.copy(
                    "\(Program.samples)/\(contributor)/\(upload)", to: "\(inbox)/\(contributor)/\(upload)")
            }
        }
    }

    func published() throws -> [String: [UInt8]] { try Files.tree("\(path)/published") }

    @discardableResult
    func run(
        environment: [String: String] = [:], jobs: Int = 2, expecting status: Int32? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> Program.Result {
        try Program.run(
            "run", "--json", "--as-of", Program.asOf, "--jobs", String(jobs), "--workspace", path,
            environment: environment, expecting: status, location)
    }

    /// `waggle check --read-data`.
    func check(
        expecting status: Int32? = 0, _ location: SourceLocation = #_sourceLocation
    ) throws -> Program.Result {
        try Program.run(
            "check", "--read-data", "--json", "--workspace", path, expecting: status, location)
    }
}
