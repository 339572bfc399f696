import Canonical
import Geo
import Stages

/// Reads the lines of accepted frames, of which an epoch has millions, where they are written the plain way: members in
/// their order, and texts that stand for themselves. What is written otherwise is nil here, and read by the strict reader, which
/// says what is wrong with it.
///
/// Only what has the canonical form is read: each member is taken where that form has it and in the only way it can be written.
/// What a line shares with the one before is not made anew: drives come frame by frame.
struct AcceptedLine {
    private var contributor = PlainScanner.Known()
    private var drive = PlainScanner.Known()
    private var upload = PlainScanner.Known()
    private var factorNames: [PlainScanner.Known] = []
    private static let maxBytes = 1 << 16
    private static let maxFactors = 100

    /// A reader that has seen no line.
    init() {}

    /// The record written as `line`; nil where it is another kind of line, or written in another way.
    static func record(_ line: [UInt8]) -> FrameRecord? {
        var reader = AcceptedLine()
        return reader.record(line)
    }

    /// The record written as `line`, as ``record(_:)`` says.
    mutating func record(_ line: [UInt8]) -> FrameRecord? {
        // What is larger may be beyond the strict reader's limits.
        guard line.count <= Self.maxBytes else { return nil }
        return line.withUnsafeBufferPointer { buffer in
            var scanner = PlainScanner(buffer)
            return record(&scanner)
        }
    }

    private mutating func record(_ line: inout PlainScanner) -> FrameRecord? {
        guard line.skip("{\"captured_at\":"), let capturedAt = line.integer(), line.skip(",\"cell\":"),
            let cell = line.cell(), line.skip(",\"contributor\":"),
            let contributor = line.text(&contributor), line.skip(",\"drive\":"),
            let drive = line.text(&drive), line.skip(",\"factors\":{"), let factors = factors(&line),
            line.skip(",\"frame\":"), let frame = line.text(), line.skip(",\"heading_octant\":"),
            let octant = octant(&line)
        else { return nil }
        var location: ContentHash?
        if line.skip(",\"location\":") {
            guard let hash = line.hash() else { return nil }
            location = hash
        }
        guard line.skip(",\"quality\":"), let quality = line.integer(in: 0...1000),
            line.skip(",\"received_at\":"), let receivedAt = line.integer()
        else { return nil }
        var sha256: ContentHash?
        if line.skip(",\"sha256\":") {
            guard let hash = line.hash() else { return nil }
            sha256 = hash
        }
        guard line.skip(",\"upload\":"), let upload = line.text(&upload),
            line.skip(",\"verdict\":\"accepted\"}"), line.isAtEnd
        else { return nil }
        return FrameRecord(
            frame: frame, drive: drive, upload: upload, contributor: contributor, sha256: sha256,
            receivedAt: UTCTime(milliseconds: receivedAt), capturedAt: UTCTime(milliseconds: capturedAt),
            verdict: .accepted(
                FrameRecord.Acceptance(
                    cell: cell, octant: octant, quality: quality, inOrder: factors, location: location)))
    }

    /// An octant or null; the outer nil where neither is there.
    private func octant(_ line: inout PlainScanner) -> HeadingOctant?? {
        if line.skip("null") { return .some(nil) }
        guard let number = line.integer(), let octant = HeadingOctant(number: number) else { return nil }
        return octant
    }

    /// The factors up to the closing brace, their names ascending.
    private mutating func factors(_ line: inout PlainScanner) -> [FrameRecord.Acceptance.Factor]? {
        var result: [FrameRecord.Acceptance.Factor] = []
        if line.skip("}") { return result }
        result.reserveCapacity(factorNames.count)
        repeat {
            let index = result.count
            guard index < Self.maxFactors else { return nil }
            if index == factorNames.count { factorNames.append(PlainScanner.Known()) }
            guard let name = line.name(&factorNames[index]), !name.isEmpty,
                let value = line.integer(in: 0...1000),
                name.utf8.allSatisfy({
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
                })
            else { return nil }
            if let last = result.last, !last.name.precedes(name) { return nil }
            result.append(.init(name: name, permille: value))
        } while line.skip(",")
        return line.skip("}") ? result : nil
    }
}
