import Canonical
import SeededNumbers
import Stages
import Testing

@testable import Rewards

@Suite("Plain input line")
struct PlainInputLineTests {
    static let texts = [
        "ada", "", "a b", "\u{E9}", "\"", "\u{7F}", "null", String(repeating: "x", count: 201),
    ]

    @Test(
        "is read quickly only where the strict reader reads the same", arguments: [1, 2, 3, 4] as [UInt64])
    func quickReading(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        func text() -> String { Self.texts.randomElement(using: &numbers) ?? "" }
        var quick = 0
        for _ in 0..<3000 {
            let drive = DriveInput(
                drive: text(), upload: text(), contributor: text(),
                device: Bool.random(using: &numbers) ? nil : text(),
                receivedAt: UTCTime(
                    milliseconds: Int64.random(in: .min ... .max, using: &numbers)
                        >> Int64.random(in: 0..<64, using: &numbers)),
                flags: Bool.random(using: &numbers) ? [] : [.traceTeleport])
            var counts = VerdictCounts()
            counts.count(.accepted, Int64.random(in: 0...(1 << 50 + 1), using: &numbers))
            counts.count(.rejected, Int64.random(in: 0...2, using: &numbers))
            var line = drive.line(frames: counts, trust: Int64.random(in: -1...1001, using: &numbers))
            for _ in 0..<Int.random(in: 0...2, using: &numbers) { line.damage(using: &numbers) }
            guard let read = PlainInputLine.drive(line) else { continue }
            quick += 1
            #expect(try InputLine(line: line).drive == read, "\(String(decoding: line, as: UTF8.self))")
        }
        #expect(quick > 100)
    }

    @Test("is read quickly where nothing is special")
    func plain() throws {
        let drive = DriveInput(
            drive: "d", upload: "u", contributor: "c", device: "cam", receivedAt: UTCTime(milliseconds: 5),
            flags: [])
        #expect(PlainInputLine.drive(drive.line(frames: VerdictCounts(), trust: 1000)) == drive)
    }
}
