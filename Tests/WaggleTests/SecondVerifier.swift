import TestSupport
import Testing

/// tools/verify_manifest.py: the epochs computed once more in another language, from docs/manifest.md alone.
enum SecondVerifier {
    /// Requires that it finds nothing in the directory `published`.
    static func check(_ published: String, _ location: SourceLocation = #_sourceLocation) throws {
        #expect(!Files.names("\(published)/epochs").isEmpty, sourceLocation: location)
        let result = try run(published)
        #expect(result.status == 0, "\(result.output)", sourceLocation: location)
    }

    /// What it says of the directory `published`, and its exit status.
    static func run(_ published: String) throws -> (status: Int32, output: String) {
        let folder = try TemporaryFolder()
        let process = try ChildProcess(
            ["/usr/bin/python3", "\(Program.root)/tools/verify_manifest.py", published],
            environment: ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"],
            standardOutput: "\(folder.path)/out", standardError: "\(folder.path)/out2")
        let end = process.wait()
        guard case .exited(let status) = end else { return (-1, "\(end)") }
        let output = try Files.bytes("\(folder.path)/out") + Files.bytes("\(folder.path)/out2")
        return (status, String(decoding: output, as: UTF8.self))
    }
}
