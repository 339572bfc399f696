import Testing

@testable import Imaging

@Suite struct JaroszKernelsTests {
    /// Two box passes and a pick, written out as the reference does them, in floating point.
    @Test(arguments: [5, 6, 63, 64, 127, 128, 129, 255, 256, 257, 507, 640, 1000, 3999])
    func composesTwoBoxes(length: Int) {
        let window = (length + 127) / 128
        let right = (window + 2) / 2 - 1
        let box = { (o: Int) in max(0, o - (window - 1 - right))...min(length - 1, o + right) }
        let kernels = JaroszKernels(length: length)
        #expect(kernels.kernels.count == 64)
        for (index, kernel) in kernels.kernels.enumerated() {
            var expected: [Int: Double] = [:]
            let outer = box(Int((Double(index) + 0.5) * Double(length) / 64))
            for middle in outer {
                for tap in box(middle) {
                    expected[tap, default: 0] += 1 / Double(outer.count * box(middle).count)
                }
            }
            let weights = Array(kernels.weights[kernel.weights])
            #expect(weights.reduce(0, +) == 1 << 22)
            #expect(expected.count == weights.count)
            for (offset, weight) in weights.enumerated() {
                let exact = expected[kernel.start + offset, default: -1] * 4_194_304
                #expect(abs(Double(weight) - exact) <= 1.01, "length \(length), kernel \(index)")
            }
        }
    }
}
