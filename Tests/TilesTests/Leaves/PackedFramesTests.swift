import Geo
import Testing

@testable import Tiles

@Suite struct PackedFramesTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func framesComeBack(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let made = MadeLeaf(
            &random, latitudeE7: 482_000_000, longitudeE7: -1_790_000_000, spread: 900_000, drives: 3,
            count: 60)
        let frames = made.frames.map(\.frame)
        let packed = PackedFrames.bytes(frames)
        #expect(try PackedFrames.frames(packed) == frames)
        for count in 0..<packed.count {
            #expect(throws: TileError.self) { try PackedFrames.frames(Array(packed.prefix(count))) }
        }
        #expect(throws: TileError.self) { try PackedFrames.frames(packed + [0]) }
        // Whatever is flipped: refused, or another list in its one packed form.
        for _ in 0..<300 {
            var damaged = packed
            damaged[Int(random.next() % UInt64(packed.count))] ^= 1 << UInt8(random.next() % 8)
            if let other = try? PackedFrames.frames(damaged) { #expect(PackedFrames.bytes(other) == damaged) }
        }
    }

    @Test func placesAndTimesHaveLimits() throws {
        func frame(
            number: Int64 = 0, at time: Int64 = 0, heading: Int64? = nil, quality: Int64 = 0
        ) -> MapFrame? {
            MapFrame(
                number: number, capturedAt: time, column: 0, row: 0, latitudeE7: 0, heading: heading,
                quality: quality)
        }
        #expect(frame() != nil)
        #expect(frame(number: -1) == nil)
        #expect(frame(number: 1 << 32) == nil)
        #expect(frame(at: .max) == nil)
        #expect(frame(at: .min) == nil)
        #expect(frame(heading: 36_000) == nil)
        #expect(frame(heading: -1) == nil)
        #expect(frame(quality: 1001) == nil)
        #expect(frame(at: -1)?.day == -1)
        #expect(frame(at: 86_400_000)?.day == 1)
        let pole = MapFrame(
            number: 0, capturedAt: 0, column: 0, row: 0, latitudeE7: 900_000_000, heading: nil, quality: 0)
        #expect(pole?.cellRow == 0x1FF_FFFF)
    }

    @Test func namesOfFrames() {
        #expect(FrameName.text(drive: "ab-0", number: 7) == "ab-0-00007")
        #expect(FrameName.text(drive: "ab-0", number: 123_456) == "ab-0-123456")
        #expect(FrameName.number(of: "ab-0-00007", drive: "ab-0") == 7)
        #expect(FrameName.number(of: "ab-10-00007", drive: "ab-1") == nil)
        #expect(FrameName.number(of: "ab-0-x", drive: "ab-0") == nil)
    }
}
