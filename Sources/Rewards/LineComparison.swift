import Canonical

/// Holds recomputed lines against published ones, file by file.
struct LineComparison {
    /// By file: nil where it has not been opened.
    private var readers = [LineReader?](repeating: nil, count: EpochFile.allCases.count)
    /// By file: whether it is not there or cannot be read on.
    private var hasEnded = [Bool](repeating: false, count: EpochFile.allCases.count)
    /// The last line that was read.
    private var found: [UInt8] = []

    /// Compares `line`, the next one `file` should have.
    mutating func compare(
        _ line: [UInt8], of file: EpochFile, _ published: PublishedEpoch, _ findings: inout FindingList
    ) throws {
        guard try next(file, published, &findings) else {
            if !hasEnded[file.rawValue] {
                hasEnded[file.rawValue] = true
                findings.add(.of(file), "\(file.name) has too few lines", Self.text(line))
            }
            return
        }
        guard !found.hasSameBytes(as: line) else { return }
        let place = "\(file.name) line \(readers[file.rawValue]?.count ?? 0)"
        guard let value = try? JSONReader.read(found), let expected = try? JSONReader.read(line),
            let difference = JSONDifference.first(found: value, expected: expected)
        else { return findings.add(.of(file), "\(place) is not in canonical form", Self.text(line)) }
        findings.add(.of(file), "\(place), \(difference.path)", difference.expected, difference.found)
    }

    /// Looks for lines behind the last one that should be there.
    mutating func finish(_ published: PublishedEpoch, _ findings: inout FindingList) throws {
        for file in EpochFile.allCases where file != .verdicts && !hasEnded[file.rawValue] {
            if try next(file, published, &findings) {
                findings.add(.of(file), "\(file.name) has too many lines", nil, Self.text(found))
            }
        }
    }

    /// Reads the next line of `file`; false where there is none.
    private mutating func next(
        _ file: EpochFile, _ published: PublishedEpoch, _ findings: inout FindingList
    ) throws -> Bool {
        let index = file.rawValue
        if hasEnded[index] { return false }
        if readers[index] == nil {
            guard let reader = try published.open(file) else {
                findings.add(.fileMissing, "\(file.name) is not there")
                hasEnded[index] = true
                return false
            }
            readers[index] = reader
        }
        do {
            return try readers[index]?.next(into: &found) ?? false
        } catch let error as JSONError {
            findings.add(.of(file), "\(file.name) \(error)")
            hasEnded[index] = true
            return false
        }
    }

    private static func text(_ line: [UInt8]) -> String { String(decoding: line.prefix(500), as: UTF8.self) }
}
