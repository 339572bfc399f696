import Testing

@testable import DriveFormats

/// The quick way to a number against the standard library's.
struct DecimalNumberTests {
    @Test(arguments: [3, 4] as [UInt64]) func exactlyAsTheStandardLibrary(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        print("seed \(seed)")
        for _ in 0..<5000 {
            let bits = UInt64.random(in: 20..<64, using: &random)
            let whole = String(random.next() >> bits)
            let decimals = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
                String(Int.random(in: 0...9, using: &random))
            }
            let sign = ["", "-", "+"].randomElement(using: &random) ?? ""
            let number = sign + whole + (decimals.isEmpty ? "" : "." + decimals.joined())
            let bytes = text("<" + number + ">")
            let value = DecimalNumber.value(bytes.span, in: 1..<bytes.count - 1)
            let expected = Double(number).flatMap { $0.magnitude <= DecimalNumber.maxMagnitude ? $0 : nil }
            #expect(value?.bitPattern == expected?.bitPattern, "\(number)")
        }
    }

    @Test(arguments: [
        "", "-", ".", "-.", "1-", "1.2.3", "--1", "0x1", "1e", "nan", "1 2", "1000000000001", "٣",
        "99999999999999999999", "1000000000000.1", String(repeating: "0", count: 65),
    ])
    func none(number: String) {
        let bytes = text(number)
        #expect(DecimalNumber.value(bytes.span, in: 0..<bytes.count) == nil)
        #expect(DecimalNumber.value(bytes) == nil)
    }

    @Test(
        arguments: [
            ("-0", -0.0), (".5", 0.5), ("5.", 5), (" 1e3 ", 1000), ("0.1", 0.1), ("9007199254740993", nil),
            ("1000000000000", 1e12), ("000000000000000000001", 1), ("48.117300000000000000", 48.1173),
        ] as [(String, Double?)])
    func some(number: String, value: Double?) {
        let bytes = text(number)
        #expect(DecimalNumber.value(bytes.span, in: 0..<bytes.count)?.bitPattern == value?.bitPattern)
        #expect(DecimalNumber.value(bytes)?.bitPattern == value?.bitPattern)
    }
}
