import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

@Suite("Frame record")
struct FrameRecordTests {
    @Test("is one canonical line, and read back from it")
    func roundTrip() throws {
        for line in try SampleChain.make().published.flatMap({ $0.lines(of: .verdicts) }) {
            #expect(try CanonicalJSON(JSONReader.read(line)).bytes == line)
            #expect(try FrameRecord(line: line).line == line)
        }
    }

    @Test("has the published form")
    func form() throws {
        let accepted = try SampleChain.frame("f", by: "ada", drive: "d", at: 0)
        #expect(
            String(decoding: accepted.line, as: UTF8.self)
                == #"{"captured_at":1765756800000,"cell":"9q8yyk8y","contributor":"ada","drive":"d","#
                + #""factors":{"exposure":1000,"sharpness":800},"frame":"f","heading_octant":2,"#
                + #""quality":800,"received_at":1765756860000,"#
                + #""sha256":"252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111","#
                + #""upload":"upload-of-d","verdict":"accepted"}"#)
        let rejected = try SampleChain.frame(
            "f", by: "\u{E9}\"\n", drive: "d", at: nil,
            verdict: .rejected(Finding(.qualityDark, value: 1, limit: 2, unit: "permille", message: "m")))
        #expect(
            String(decoding: rejected.line, as: UTF8.self)
                == #"{"captured_at":null,"contributor":"é\"\n","drive":"d","frame":"f","limit":2,"#
                + #""message":"m","received_at":1766456820000,"rule":"quality.dark","unit":"permille","#
                + #""upload":"upload-of-d","value":1,"verdict":"rejected"}"#)
    }

    @Test("brings absurd numbers to what JSON can carry")
    func absurd() throws {
        let record = FrameRecord(
            frame: "f", drive: "d", upload: "u", contributor: "c", sha256: nil,
            receivedAt: UTCTime(milliseconds: .max), capturedAt: UTCTime(milliseconds: .min),
            verdict: .rejected(Finding(.timeBefore2000, value: .min, limit: .max)))
        #expect(try FrameRecord(line: record.line) == record)
        #expect(record.verdict.finding?.value == -(1 << 53 - 1))
    }

    @Test(
        "refuses lines that are not the form",
        arguments: [
            (#""frame":"#, #" "frame":"#, "$"), (#""quality":800"#, #""quality":1001"#, "$.quality"),
            (#""quality":800"#, #""quality":800.0"#, "$.quality"),
            (#""heading_octant":2"#, #""heading_octant":8"#, "$.heading_octant"),
            (#""heading_octant":2,"#, "", "$"), (#""cell":"9q8yyk8y""#, #""cell":"9Q8YYK8Y""#, "$.cell"),
            (#""captured_at":1765756800000"#, #""captured_at":null"#, "$.captured_at"),
            (#""verdict":"accepted""#, #""verdict":"paid""#, "$.verdict"),
            (#""verdict":"accepted""#, #""verdict":"accepted","x":1"#, "$.x"),
            (#""sha256":"25"#, #""sha256":"2F"#, "$.sha256"),
            (#""received_at":1765756860000"#, #""received_at":9007199254740992"#, "$.received_at"),
            (#""frame":"f""#, #""frame":"f","frame":"g""#, "byte 185"),
            (#""verdict":"accepted""#, #""rule":"quality.dark","verdict":"accepted""#, "$.rule"),
        ])
    func refusal(good: String, bad: String, place: String) throws {
        let line = String(
            decoding: try SampleChain.frame("f", by: "ada", drive: "d", at: 0).line, as: UTF8.self)
        try #require(line.contains(good))
        #expect { try FrameRecord(line: Array(line.replacing(good, with: bad).utf8)) } throws: {
            guard let error = $0 as? JSONError else { return false }
            return error.place == place || (place.hasPrefix("byte") && error.place.hasPrefix("byte"))
        }
    }

    @Test(
        "shows nothing of a frame that its contributor keeps back",
        arguments: [Rule.privacyZone, .privacyTrim])
    func keptBack(rule: Rule) throws {
        func record(_ sha256: ContentHash?, at time: Int64?) -> FrameRecord {
            FrameRecord(
                frame: "f", drive: "d", upload: "u", contributor: "c", sha256: sha256,
                receivedAt: UTCTime(milliseconds: 9), capturedAt: time.map(UTCTime.init(milliseconds:)),
                verdict: .rejected(Finding(rule)))
        }
        #expect(try FrameRecord(line: record(nil, at: nil).line) == record(nil, at: nil))
        for told in [record(.of("image"), at: nil), record(nil, at: 5), record(.of("image"), at: 5)] {
            #expect(throws: JSONError.self) { try FrameRecord(line: told.line) }
        }
    }

    @Test("belongs to the week of its capture, or to a later one if it came late")
    func belonging() throws {
        let epoch = try #require(Epoch(id: "2025-W51"))
        let seal = SampleChain.seal(epoch)
        func belongs(captured: Int64?, received: Int64) -> Bool {
            FrameRecord(
                frame: "f", drive: "d", upload: "u", contributor: "c", sha256: nil,
                receivedAt: UTCTime(milliseconds: received),
                capturedAt: captured.map(UTCTime.init(milliseconds:)),
                verdict: .rejected(Finding(.timeFuture))
            ).belongs(to: epoch, sealedAsOf: seal)
        }
        let end = epoch.end.milliseconds
        #expect(belongs(captured: end - 1, received: seal.milliseconds - 1))
        #expect(!belongs(captured: end - 1, received: seal.milliseconds))
        #expect(!belongs(captured: end, received: end))
        #expect(belongs(captured: 0, received: end))
        // A frame that claims to be from the future is of the week it arrived in.
        #expect(belongs(captured: .max, received: end - 1))
        #expect(!belongs(captured: nil, received: end))
    }

    @Test("goes with its verdict: duplicates by their rules, refusals by the others")
    func rulesOfVerdicts() throws {
        let frame = try SampleChain.frame(
            "f", by: "ada", drive: "d", at: 0, verdict: .rejected(Finding(.duplicateNear)))
        #expect(throws: JSONError.self) { try FrameRecord(line: frame.line) }
        // Of a private frame nobody may know what it shows or when.
        let hidden = try SampleChain.frame(
            "f", by: "ada", drive: "d", at: 0, verdict: .rejected(Finding(.privacyZone)))
        #expect(throws: JSONError.self) { try FrameRecord(line: hidden.line) }
        let other = try SampleChain.frame(
            "f", by: "ada", drive: "d", at: 0, verdict: .duplicate(Finding(.imageDamaged), of: "g"))
        #expect(throws: JSONError.self) { try FrameRecord(line: other.line) }
    }

    @Test("is read quickly only where the strict reader reads the same", arguments: [1, 2, 3] as [UInt64])
    func quickReading(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let lines = try SampleChain.make().published.flatMap { $0.lines(of: .verdicts) }
        var quick = 0
        for line in lines {
            if let record = AcceptedLine.record(line) {
                #expect(try FrameRecord(strict: line) == record)
                quick += 1
            }
        }
        #expect(quick >= 6)
        // Whatever becomes of a line: what is read quickly, the strict reader reads, and as the same. So does a reader that
        // remembers the lines before, of whatever kind they were.
        var reader = AcceptedLine()
        for _ in 0..<3000 {
            guard var line = lines.randomElement(using: &numbers) else { continue }
            for _ in 0..<Int.random(in: 1...2, using: &numbers) { line.damage(using: &numbers) }
            let record = AcceptedLine.record(line)
            let remembering = reader.record(line)
            #expect(remembering == record)
            guard let record else { continue }
            #expect(try FrameRecord(strict: line) == record, "\(String(decoding: line, as: UTF8.self))")
        }
    }

    @Test("with more factors than the strict reader takes is not read quickly either")
    func manyFactors() throws {
        let names = (0..<1001).map { number in
            String(
                decoding: [number / 676, number / 26 % 26, number % 26].map { UInt8(0x61 + $0) },
                as: UTF8.self)
        }
        let factors = Dictionary(uniqueKeysWithValues: names.map { ($0, Int64(1)) })
        let frame = try SampleChain.frame(
            "f", by: "ada", drive: "d", at: 0,
            verdict: .accepted(
                .init(cell: try #require(Geohash("9q8yyk8y")), octant: nil, quality: 1, factors: factors)))
        #expect(AcceptedLine.record(frame.line) == nil)
        #expect(throws: JSONError.self) { try FrameRecord(line: frame.line) }
    }
}
