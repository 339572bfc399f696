import Imaging
import Testing

@Suite struct DHashTests {
    /// Cell sums by numpy: overlaps of pixels and cells as integer matrices, `wy.T @ plane @ wx`.
    @Test(
        arguments: [
            (507, 256, 0, 0xa353_0d7b_5bea_55ae), (507, 256, 1, 0xe59b_c9a4_1af5_93b9),
            (480, 270, 2, 0x55aa_e51a_52c6_1c62), (128, 96, 0, 0xf5ea_942d_5b91_a465),
            (64, 64, 2, 0x3465_d248_a6ea_ba54), (333, 201, 3, 0x0f0f_0f0f_0f0f_0f0f),
            (5, 5, 2, 0xc0c0_000c_0c00_0000), (9, 8, 2, 0x8000_2000_0100_0000),
            (7, 300, 1, 0xffff_ffff_ffff_ffff), (1021, 577, 0, 0xd251_b5a3_6a6a_c66a),
            (3, 2, 1, 0x2424_2424_2424_2424),
        ] as [(Int, Int, Int, UInt64)])
    func agreesWithNumpy(width: Int, height: Int, kind: Int, expected: UInt64) throws {
        let plane = try #require(FormulaPlane.plane(width: width, height: height, kind: kind))
        #expect(DHash(plane) == DHash(bits: expected))
    }

    @Test func readsLikeText() throws {
        // One cell per sample: only the first cell of the first row is darker than its neighbour.
        var samples = [UInt8](repeating: 9, count: 72)
        samples[0] = 8
        let plane = try #require(LumaPlane(width: 9, height: 8, samples: samples))
        #expect(DHash(plane).bits == 1 << 63)
    }

    @Test func countsDifferingBits() {
        #expect(DHash(bits: 0b1011).distance(to: DHash(bits: 0b0110)) == 3)
        #expect(DHash(bits: .max).distance(to: DHash(bits: 0)) == 64)
    }

    @Test func ignoresAnEvenChangeOfLight() throws {
        let samples = FormulaPlane.samples(width: 300, height: 200, kind: 3)
        let dim = try #require(LumaPlane(width: 300, height: 200, samples: samples.map { $0 / 2 * 2 / 2 }))
        let bright = try #require(LumaPlane(width: 300, height: 200, samples: samples.map { $0 / 2 + 90 }))
        #expect(DHash(dim) == DHash(bright))
    }
}
