import Canonical

/// Holds recomputed lines against published ones, file by file.
struct LineComparison {
    private var readers: [EpochFile: LineReader] = [:]
    /// Files that are not there or cannot be read on.
    private var ended: Set<EpochFile> = []

    /// Compares `line`, the next one `file` should have.
    mutating func compare(
        _ line: [UInt8], of file: EpochFile, _ published: PublishedEpoch, _ findings: inout FindingList
    ) throws {
        guard let found = try next(file, published, &findings) else {
            if ended.insert(file).inserted {
                findings.add(.of(file), "\(file.name) has too few lines", Self.text(line))
            }
            return
        }
        guard found != line else { return }
        let place = "\(file.name) line \(readers[file]?.count ?? 0)"
        guard let value = try? JSONReader.read(found), let expected = try? JSONReader.read(line),
            let difference = JSONDifference.first(found: value, expected: expected)
        else { return findings.add(.of(file), "\(place) is not in canonical form", Self.text(line)) }
        findings.add(.of(file), "\(place), \(difference.path)", difference.expected, difference.found)
    }

    /// Looks for lines behind the last one that should be there.
    mutating func finish(_ published: PublishedEpoch, _ findings: inout FindingList) throws {
        for file in EpochFile.allCases where file != .verdicts && !ended.contains(file) {
            if let line = try next(file, published, &findings) {
                findings.add(.of(file), "\(file.name) has too many lines", nil, Self.text(line))
            }
        }
    }

    private mutating func next(
        _ file: EpochFile, _ published: PublishedEpoch, _ findings: inout FindingList
    ) throws -> [UInt8]? {
        if ended.contains(file) { return nil }
        if readers[file] == nil {
            guard let reader = try published.open(file) else {
                findings.add(.fileMissing, "\(file.name) is not there")
                ended.insert(file)
                return nil
            }
            readers[file] = reader
        }
        do {
            return try readers[file]?.next()
        } catch let error as JSONError {
            findings.add(.of(file), "\(file.name) \(error)")
            ended.insert(file)
            return nil
        }
    }

    private static func text(_ line: [UInt8]) -> String { String(decoding: line.prefix(500), as: UTF8.self) }
}
