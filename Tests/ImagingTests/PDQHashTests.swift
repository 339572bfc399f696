import SeededNumbers
import Imaging
import Testing

@Suite struct PDQHashTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        let width: Int
        let height: Int
        let kind: Int
        let hex: String
        let quality: Int

        init(_ width: Int, _ height: Int, _ kind: Int, _ hex: String, _ quality: Int) {
            self.width = width
            self.height = height
            self.kind = kind
            self.hex = hex
            self.quality = quality
        }

        var testDescription: String { "\(width) x \(height), formula \(kind)" }
    }

    /// By the package pdqhash 0.2.8 (PyPI), which wraps the reference implementation, given the same planes
    /// as three equal channels. Planes with many coefficients that are 0 in truth (symmetric or soft ones) are
    /// no use here: the reference's bits are rounding noise then.
    static let goldens = [
        Golden(507, 256, 0, "fffffffffffffffffff6ff5ffec0fe09d010b000e000e000c000400080004000", 100),
        Golden(507, 256, 1, "0b706fd820ff4b6aff80b6db4ff6fe80f3c83bffd0005a40ffd5c4005240d211", 100),
        Golden(480, 270, 2, "384f12cfee3dfb3959cf18c2552649251fe40da0412b59ae5ff81de2552a0de2", 100),
        Golden(128, 96, 0, "7055dfdfb00a6aaa5aaa53ea9600d44f14fff580858e551f8dbcd53895b0f520", 100),
        Golden(64, 64, 2, "64db76dba2db905b4bc969aba5a6b4b2b2945296aa922a8a25e2b52594b5aab5", 100),
        Golden(333, 201, 1, "0e03f1f8e968101b03f8c01f07f00fe0007fffe003ffffe0ff802bfdfc00df00", 100),
        Golden(333, 201, 2, "76cd561259156f0d555540d6de8ad1f0b1fa5eaac0f8c0f84a6ac9f269d8d0f8", 100),
        Golden(257, 129, 1, "718cc78ce30d871c871c1c1d7a7c3c38e07d7079c3f835f003f8ffc0bfe0fc00", 100),
        Golden(1000, 90, 1, "e3562d70377e013037f46576337c37f0bf607ff6fd20defaea20dec048804800", 100),
        Golden(40, 300, 0, "2461c939370362efe92f5a8f75dfe3228cb25acaa45a13fac8747f26a540f288", 100),
        Golden(7, 300, 2, "3ed07f803df83f8072ddc4db96d21924952a68dd3d283d8c392c398cf4db383c", 100),
        Golden(5, 5, 2, "64d93e0f9b26c1f064d9c1f064d93e0f9b263e0f64d93e0f9b26c1f064d9c1f0", 100),
        Golden(1021, 577, 0, "3fabe33ee842a28b9508d5a7d76bbe69e16052940d28b683e2d95e56f269918c", 82),
    ]

    @Test(arguments: goldens)
    func agreesWithTheReference(golden: Golden) throws {
        let plane = try #require(
            FormulaPlane.plane(width: golden.width, height: golden.height, kind: golden.kind))
        let expected = try #require(PDQHash(hex: golden.hex))
        let measured = PDQHash.measure(plane)
        // Floats round, so a coefficient next to the median may fall on its other side.
        #expect(measured.hash.distance(to: expected) <= 2)
        #expect(abs(measured.quality - golden.quality) <= 1)
    }

    @Test(arguments: [(4, 100), (100, 4), (1, 1)])
    func hasNothingToSayAboutTinyPlanes(width: Int, height: Int) throws {
        let plane = try #require(FormulaPlane.plane(width: width, height: height, kind: 2))
        #expect(PDQHash.measure(plane) == (PDQHash(w0: 0, w1: 0, w2: 0, w3: 0), 0))
    }

    @Test(arguments: [0, 127, 255] as [UInt8])
    func hasNothingToSayAboutFlatPlanes(level: UInt8) throws {
        let plane = try #require(
            LumaPlane(width: 331, height: 97, samples: [UInt8](repeating: level, count: 331 * 97)))
        #expect(PDQHash.measure(plane) == (PDQHash(w0: 0, w1: 0, w2: 0, w3: 0), 0))
    }

    @Test func roundTripsHex() throws {
        let hash = PDQHash(w0: 1, w1: 0x8000_0000_0000_0000, w2: 0xABC, w3: 0)
        #expect(hash.hex == "0000000000000000" + "0000000000000abc" + "8000000000000000" + "0000000000000001")
        #expect(PDQHash(hex: hash.hex.uppercased()) == hash)
        #expect(PDQHash(hex: "12") == nil)
        #expect(PDQHash(hex: String(repeating: "g", count: 64)) == nil)
    }

    @Test func countsDifferingBits() {
        let none = PDQHash(w0: 0, w1: 0, w2: 0, w3: 0)
        #expect(none.distance(to: PDQHash(w0: 1, w1: 3, w2: 7, w3: 15)) == 10)
        #expect(none.distance(to: PDQHash(w0: .max, w1: .max, w2: .max, w3: .max)) == 256)
    }

    @Test func setsHalfOfItsBits() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<20 {
            let (width, height) = (
                Int.random(in: 5...300, using: &random), Int.random(in: 5...300, using: &random)
            )
            let samples = (0..<width * height).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let plane = try #require(LumaPlane(width: width, height: height, samples: samples))
            let ones = PDQHash(plane).distance(to: PDQHash(w0: 0, w1: 0, w2: 0, w3: 0))
            // Above the 128th of 256: fewer than 128 only if coefficients tie.
            #expect(ones <= 128 && (min(width, height) < 64 || ones == 128), "\(width) x \(height)")
        }
    }
}
