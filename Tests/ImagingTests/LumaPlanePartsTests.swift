import SeededNumbers
import Testing

@testable import Imaging

@Suite("Parts of a LumaPlane")
struct LumaPlanePartsTests {
    private static func noise(_ width: Int, _ height: Int, seed: UInt64) throws -> LumaPlane {
        var numbers = SplitMix64(seed: seed)
        let samples = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &numbers) }
        return try #require(LumaPlane(width: width, height: height, samples: samples))
    }

    @Test("left and right are exchanged")
    func mirrored() throws {
        let plane = try #require(LumaPlane(width: 3, height: 2, samples: [1, 2, 3, 4, 5, 6]))
        #expect(plane.mirrored().samples == [3, 2, 1, 6, 5, 4])
        #expect(plane.mirrored().mirrored() == plane)
    }

    @Test("shares of the sides are cut off, rounded to whole samples")
    func cropped() throws {
        let plane = try #require(LumaPlane(width: 5, height: 3, samples: Array(1...15)))
        let middle = plane.cropped(permille: 200)
        #expect(middle.width == 3 && middle.height == 1)
        #expect(middle.samples == [7, 8, 9])
        #expect(plane.cropped(permille: 99) == plane)
        let across = plane.cropped(permille: 100)
        #expect(across.width == 3 && across.height == 3)
        #expect(across.samples == [2, 3, 4, 7, 8, 9, 12, 13, 14])
    }

    @Test("a plane of which nothing would be left stays", arguments: [500, 1000, .max, -1, .min])
    func nothingLeft(permille: Int) throws {
        let plane = try Self.noise(4, 4, seed: 1)
        #expect(plane.cropped(permille: permille) == plane)
    }

    @Test(
        "the hashes of parts and mirror images are those of planes made of them",
        arguments: 1...20 as ClosedRange<UInt64>)
    func hashesOfParts(seed: UInt64) throws {
        let plane = try Self.noise(Int(3 + seed * 13), Int(200 - seed * 9), seed: seed)
        let both = PDQHash.measureBothWays(plane)
        #expect(both.hash == PDQHash(plane) && both.mirrored == PDQHash(plane.mirrored()))
        #expect(both.quality == PDQHash.measure(plane).quality)
        for permille in [0, 16, 42, 200, 499, 500, .max, -1] {
            #expect(
                PDQHash(plane, croppedBy: permille) == PDQHash(plane.cropped(permille: permille)),
                "\(permille)")
        }
    }

    @Test("the mirrored dHash is that of the mirrored plane", arguments: 1...20 as ClosedRange<UInt64>)
    func mirroredDHash(seed: UInt64) throws {
        let plane = try Self.noise(Int(60 + seed), Int(40 + seed % 7), seed: seed)
        #expect(DHash(plane).mirrored == DHash(plane.mirrored()))
        #expect(DHash(plane).mirrored.mirrored == DHash(plane))
    }
}
