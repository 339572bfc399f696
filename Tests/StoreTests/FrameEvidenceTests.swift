import Canonical
import DriveFormats
import Geo
import SeededNumbers
import Stages
import Testing

@testable import Store

@Suite struct FrameEvidenceTests {
    private static func evidence(_ random: inout SplitMix64) -> FrameEvidence {
        var evidence = FrameEvidence()
        func flip() -> Bool { Bool.random(using: &random) }
        func number() -> Int64 { Int64.random(in: .min ... .max, using: &random) }
        func coordinate() -> Coordinate? {
            Coordinate(
                latitudeE7: Int.random(in: -900_000_000...900_000_000, using: &random),
                longitudeE7: Int.random(in: -1_800_000_000..<1_800_000_000, using: &random))
        }
        if flip() { evidence.complaint = "\"a\u{1B}\n\u{202E}" }
        if flip() {
            evidence.doubt = Finding(
                Rule.allCases.randomElement(using: &random) ?? .takedown, value: flip() ? number() : nil,
                limit: flip() ? number() : nil, unit: flip() ? "mm/s" : nil, message: flip() ? "m" : nil)
        }
        if flip() { evidence.doubted = coordinate() }
        if flip(), let position = coordinate() {
            evidence.place = Place(
                time: UTCTime(milliseconds: number()), position: position,
                heading: flip() ? Int.random(in: 0..<36_000, using: &random) : nil,
                horizontalError: flip() ? number() : nil, basis: flip() ? .own : .repaired)
        }
        if flip() {
            func choice() -> Settlement.Choice? {
                guard flip(), let source = RawTestimony.Source.allCases.randomElement(using: &random),
                    let reason = Settlement.Reason.allCases.randomElement(using: &random)
                else { return nil }
                return Settlement.Choice(source, reason)
            }
            let heard = RawTestimony.Source.allCases.filter { _ in flip() }.map {
                Settlement.Heard($0, later: flip() ? number() : nil, distance: flip() ? number() : nil)
            }
            evidence.settlement = Settlement(time: choice(), position: choice(), heard: heard)
        }
        return evidence
    }

    @Test func readsWhatItWrote() throws {
        let seed: UInt64 = 20_261_123
        var random = SplitMix64(seed: seed)
        for number in 0..<2000 {
            let evidence = Self.evidence(&random)
            let read = try FrameEvidence(json: evidence.canonicalJSON.bytes)
            #expect(read == evidence, "seed \(seed), number \(number)")
        }
        #expect(FrameEvidence().isEmpty && FrameEvidence().canonicalJSON.text == "{}")
    }

    @Test(arguments: [
        "", "[]", "{\"doubt\":{}}", "{\"doubt\":{\"rule\":\"no.such\"}}", "{\"doubted\":[1]}",
        "{\"doubted\":[900000001,0]}", "{\"image\":[1,2,3,4,5,6,7]}", "{\"image\":[1,2,3,4,5,6,7,\"8\"]}",
        "{\"place\":{\"latitude_e7\":1,\"longitude_e7\":2,\"time\":3,\"basis\":\"guessed\"}}",
        "{\"complaint\":7}", "{\"sources\":{}}", "{\"sources\":{\"heard\":[{\"source\":\"rumour\"}]}}",
        "{\"sources\":{\"heard\":[],\"time\":{\"reason\":\"order\",\"source\":\"\"}}}",
        "{\"sources\":{\"heard\":[],\"time\":{\"reason\":\"rank\",\"source\":\"exif\"}}}",
    ])
    func refusesAnythingElse(_ text: String) {
        #expect(throws: JSONError.self) { try FrameEvidence(json: Array(text.utf8)) }
    }
}

/// The packed trace of a drive, as it is read again.
@Suite struct PackedTraceTests {
    @Test func readsWhatWasPacked() throws {
        let seed: UInt64 = 42
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                (0..<Int.random(in: 1...20, using: &random)).compactMap { _ -> TracePoint? in
                    Coordinate(
                        latitudeE7: Int.random(in: -900_000_000...900_000_000, using: &random),
                        longitudeE7: Int.random(in: -1_800_000_000..<1_800_000_000, using: &random)
                    ).map {
                        TracePoint(
                            time: UTCTime(
                                milliseconds: Int64.random(in: 0..<4_000_000_000_000, using: &random)),
                            position: $0)
                    }
                }
            }
            // The format written out a second time: zigzag, then seven bits a byte, the lowest first.
            var bytes: [UInt8] = []
            func append(_ value: Int64) {
                var rest = value < 0 ? UInt64(-(value + 1)) * 2 + 1 : UInt64(value) * 2
                repeat {
                    bytes.append(UInt8(rest % 128) + (rest >= 128 ? 128 : 0))
                    rest /= 128
                } while rest > 0
            }
            for part in parts {
                append(Int64(part.count))
                var last: [Int64] = [0, 0, 0]
                for point in part {
                    let next = [
                        point.time.milliseconds, Int64(point.position.latitudeE7),
                        Int64(point.position.longitudeE7),
                    ]
                    for (value, before) in zip(next, last) { append(value - before) }
                    last = next
                }
            }
            #expect(PackedTrace.parts(bytes) == parts, "seed \(seed)")
            for cut in 1..<max(2, min(bytes.count, 40)) where !bytes.isEmpty {
                let short = PackedTrace.parts(Array(bytes.dropLast(cut)))
                #expect(short == nil || short?.count ?? 0 < parts.count)
            }
        }
    }

    /// Damage is told, and costs neither memory nor time.
    @Test(
        arguments: [
            [0x80], [0x02], [0x00], [0x01, 0, 0, 0],
            [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            [0x02, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0x7F, 0],
            [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        ] as [[UInt8]])
    func tellsDamage(_ bytes: [UInt8]) {
        #expect(PackedTrace.parts(bytes) == nil)
    }
}
