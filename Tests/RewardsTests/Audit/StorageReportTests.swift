import Canonical
import Testing

@testable import Rewards

@Suite("Reports of storage audits")
struct StorageReportTests {
    /// Five frames of one day: whole ones, and one with each fault.
    private static func report() throws -> StorageReport {
        let challenge = try #require(StorageChallenge(root: .of("root"), period: 2, day: 0, of: 2))
        let frames = challenge.frames(of: (0..<20).map { ContentHash.of("frame \($0)") }).prefix(5)
        let faults: [StorageVisit.Fault?] = [nil, .missing, .unreadable, .changed, nil]
        let visits = zip(frames, faults).map { frame, fault in
            let copy = [UInt8](repeating: 7, count: 5000)
            return fault.map { StorageVisit(frame, .fault($0)) }
                ?? StorageVisit(frame, copy: copy, kept: [.of(copy)], challenge)
        }
        try #require(visits.count == 5)
        let key = try #require(SigningKey(seed: [UInt8](repeating: 9, count: 32)))
        return try StorageReport(
            challenge, at: UTCTime(milliseconds: 1000), kept: 20, visits: visits, key: key)
    }

    @Test("come back from their files")
    func roundTrip() throws {
        let report = try Self.report()
        let read = try StorageReport(json: report.canonicalJSON.bytes)
        #expect(read == report && read.isSigned)
        #expect(read.passed == 2 && read.faults == 3)
    }

    @Test("are refused, or not signed, with any bit flipped")
    func everyBit() throws {
        let bytes = try Self.report().canonicalJSON.bytes
        for bit in 0..<bytes.count * 8 {
            var other = bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let read = try? StorageReport(json: other) else { continue }
            #expect(!read.isSigned, "bit \(bit)")
        }
    }

    @Test("hold the frames of their day, in order, each once")
    func visits() throws {
        let report = try Self.report()
        let key = try #require(SigningKey(seed: [UInt8](repeating: 9, count: 32)))
        let stranger = try #require(
            (0..<20).map { ContentHash.of("frame \($0)") }.first { report.challenge.day(of: $0) == 1 })
        let wrong: [[StorageVisit]] = [
            report.visits.reversed(), report.visits + report.visits.suffix(1),
            report.visits + [StorageVisit(stranger, .fault(.missing))],
        ]
        for visits in wrong {
            let made = try StorageReport(
                report.challenge, at: report.at, kept: 20, visits: visits, key: key)
            #expect(made.isSigned)
            #expect(throws: JSONError.self) { try StorageReport(json: made.canonicalJSON.bytes) }
        }
    }

    @Test("see every changed copy, wherever the change is")
    func copies() throws {
        let challenge = try #require(StorageChallenge(root: .of("root"), period: 0, day: 0, of: 1))
        let copy = [UInt8](repeating: 7, count: 9000)
        let frame = ContentHash.of("frame")
        #expect(StorageVisit(frame, copy: copy, kept: [.of(copy)], challenge).isPassed)
        #expect(!StorageVisit(frame, copy: copy, kept: [], challenge).isPassed)
        #expect(!StorageVisit(frame, copy: [], kept: [.of(copy)], challenge).isPassed)
        for place in [0, 4500, 8999] {
            var other = copy
            other[place] = 8
            #expect(!StorageVisit(frame, copy: other, kept: [.of(copy)], challenge).isPassed)
        }
    }
}
