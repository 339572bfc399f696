/// Writes the hostile inputs to a folder, each upload in a directory of its own, to be looked at or given to other programs:
///
///     swift run make-hostile-inputs FOLDER [FAMILY]
///
/// With `--outcomes` instead of a folder it prints what becomes of each, a JSON object a line, as
/// `Tests/HostileInputsTests/outcomes.jsonl` holds it, and says which do not come out as they must.
import Glibc
import HostileInputs

/// Writes a line to standard error.
func tell(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
}

/// Writes `bytes` to `path`, making the folders above it.
func write(_ bytes: [UInt8], to path: String) -> Bool {
    for index in path.indices.dropFirst() where path[index] == "/" { mkdir(String(path[..<index]), 0o755) }
    let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Glibc.write(descriptor, bytes, bytes.count) == bytes.count
}

let arguments = CommandLine.arguments
guard arguments.count > 1, arguments.count < 4 else {
    tell("usage: make-hostile-inputs FOLDER [FAMILY] | --outcomes")
    exit(64)
}
if arguments[1] == "--outcomes" {
    var faults = 0
    for input in HostileInputs.all {
        let reading = Reading.of(input)
        print(Outcome(input, reading).line)
        guard let fault = input.expected.fault(reading) else { continue }
        faults += 1
        tell("\(input.name): \(fault)")
    }
    exit(faults == 0 ? 0 : 1)
}
guard !arguments[1].hasPrefix("-") else {
    tell("unknown option \(arguments[1])")
    exit(64)
}
let cases = arguments.count == 3 ? HostileInputs.cases(arguments[2]) : HostileInputs.all
for input in cases {
    for file in input.files where !write(file.bytes, to: "\(arguments[1])/\(input.name)/\(file.path)") {
        tell("cannot write \(arguments[1])/\(input.name)/\(file.path)")
        exit(1)
    }
}
tell("wrote \(cases.count) uploads to \(arguments[1])")
