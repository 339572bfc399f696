/// Makes SampleDrives: small drives through an invented town with known faults, and the outcome each must
/// have.
///
///     swift run -c release make-sample-drives SampleDrives
///
/// It takes about two minutes, and writes the same bytes every time: everything is drawn from one seed. The
/// only argument is the folder to write to; the folders of the sample's contributors in it are replaced,
/// and so is its `expected.json`. Nothing else there is touched.

import Glibc

/// Writes a line to standard error.
func tell(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
}

let arguments = CommandLine.arguments
guard arguments.count == 2, !arguments[1].hasPrefix("-") else {
    tell("usage: make-sample-drives FOLDER")
    exit(64)
}
do {
    let folder = OutputFolder(path: arguments[1])
    let uploads = try Catalogue(seed: 20_260_305).uploads { tell("making \($0)") }
    try folder.write(uploads)
    try folder.write(ExpectedOutcome.file(uploads, asOf: Catalogue.asOf), in: folder.root)
    tell("wrote \(uploads.count) uploads to \(arguments[1])")
} catch {
    tell("make-sample-drives: \(error)")
    exit(1)
}
