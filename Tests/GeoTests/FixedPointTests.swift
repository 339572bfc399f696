import Foundation
import SeededNumbers
import Testing

@testable import Geo

@Suite("FixedPoint")
struct FixedPointTests {
    /// Python's mpmath with 60 digits: round(sin * 2^60), round(cos * 2^60).
    @Test(
        "has sine and cosine within 2^-56",
        arguments: [
            (0, 0, 1_152_921_504_606_846_976), (1, 2_012_227_627, 1_152_921_504_606_846_974),
            (300_000_000, 576_460_752_303_423_488, 998_459_311_558_907_194),
            (377_968_769, 706_584_065_024_411_470, 911_025_221_845_418_579),
            (450_000_000, 815_238_614_083_298_888, 815_238_614_083_298_888),
            (600_000_000, 998_459_311_558_907_194, 576_460_752_303_423_488),
            (899_999_999, 1_152_921_504_606_846_974, 2_012_227_627),
            (900_000_000, 1_152_921_504_606_846_976, 0),
            (1_234_567_890, 961_884_534_429_035_701, -635_614_771_863_550_309),
            (1_800_000_000, 0, -1_152_921_504_606_846_976),
            (-1_223_954_125, -973_493_281_807_477_285, -617_688_291_989_271_468),
            (-900_000_000, -1_152_921_504_606_846_976, 0),
        ] as [(Int, Int64, Int64)])
    func sineAndCosine(angle: Int, sine: Int64, cosine: Int64) {
        let found = FixedPoint.sineAndCosine(angle)
        #expect(abs(found.sine - sine) <= 16)
        #expect(abs(found.cosine - cosine) <= 16)
    }

    @Test(
        "agrees with the C library's sine and cosine to a double's last bits", arguments: [1, 2] as [UInt64])
    func library(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            let angle = Int.random(in: -1_800_000_000...1_800_000_000, using: &numbers)
            let found = FixedPoint.sineAndCosine(angle)
            let radians = Double(angle) * Double.pi / 1.8e9
            let scale = 0x1p-60
            // The angle in radians is rounded, by at most half a unit of 2^-51.
            let misses = [
                Double(found.sine) * scale - sin(radians), Double(found.cosine) * scale - cos(radians),
            ]
            if misses.contains(where: { abs($0) > 0x1p-50 }) {
                Issue.record("seed \(seed), angle \(angle): \(misses)")
            }
        }
    }

    @Test("agrees with the C library's atan2 to the rounding", arguments: [3, 4] as [UInt64])
    func arcTangent(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<20_000 {
            // Short vectors as often as long ones.
            let limit: Int64 = 1 << Int64.random(in: 0...40, using: &numbers)
            let x = Int64.random(in: -limit...limit, using: &numbers)
            let y = Int64.random(in: -limit...limit, using: &numbers)
            guard let found = FixedPoint.angleCentidegrees(x: x, y: y) else {
                #expect(x == 0 && y == 0)
                continue
            }
            let exact = atan2(Double(y), Double(x)) * 18_000 / Double.pi
            let miss = abs((Double(found) - exact).remainder(dividingBy: 36_000))
            // Half a unit of rounding, and 32 steps of the rotation.
            if !(0..<36_000).contains(found) || miss > 0.500_01 {
                Issue.record("seed \(seed), (\(x), \(y)): \(found), not \(exact)")
            }
        }
    }

    @Test(
        "knows the axes and the diagonals, however long",
        arguments: [1, 2, 3, 1000, 1 << 20, 1 << 40] as [Int64])
    func axes(length: Int64) {
        let expected: [(Int64, Int64, Int)] = [
            (1, 0, 0), (1, 1, 4500), (0, 1, 9000), (-1, 1, 13_500), (-1, 0, 18_000), (-1, -1, 22_500),
            (0, -1, 27_000), (1, -1, 31_500),
        ]
        for (x, y, angle) in expected {
            #expect(FixedPoint.angleCentidegrees(x: x * length, y: y * length) == angle)
        }
    }

    @Test("has no angle of nothing")
    func origin() {
        #expect(FixedPoint.angleCentidegrees(x: 0, y: 0) == nil)
    }

    @Test("takes square roots, rounded down", arguments: [5, 6] as [UInt64])
    func squareRoots(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        for root in [0, 1, 2, 3, 1 << 32, .max - 1, .max] as [UInt64] {
            let square = UInt128(root) * UInt128(root)
            #expect(FixedPoint.squareRoot(square) == root)
            if root > 1 { #expect(FixedPoint.squareRoot(square - 1) == root - 1) }
            if root > 0 { #expect(FixedPoint.squareRoot(square + 1) == root) }
        }
        #expect(FixedPoint.squareRoot(.max) == .max)
        for _ in 0..<5000 {
            let value =
                UInt128.random(in: 0...UInt128.max, using: &numbers)
                >> UInt128.random(in: 0..<128, using: &numbers)
            let root = UInt128(FixedPoint.squareRoot(value))
            let next = root + 1
            let tooSmall = next < 1 << 64 && next * next <= value
            if root * root > value || tooSmall { Issue.record("seed \(seed), \(value)") }
        }
    }

    @Test("multiplies, rounding down")
    func products() {
        #expect(FixedPoint.product(FixedPoint.one, FixedPoint.one) == FixedPoint.one)
        #expect(FixedPoint.product(FixedPoint.one / 2, FixedPoint.one / 4) == FixedPoint.one / 8)
        #expect(FixedPoint.product(-FixedPoint.one, 7) == -7)
        #expect(FixedPoint.product(1, 1) == 0)
        #expect(FixedPoint.product(-1, 1) == -1)
    }
}
