/// Cosines as integers, for transforms whose results must not depend on a machine's math library.
enum CosineTable {
    /// Fraction bits of the table's values.
    static let fractionBits = 20

    /// round(cos(pi * k / 128) * 2^20) for k = 0...64, computed with 60 decimal digits.
    private static let quarterWave: [Int64] = [
        1_048_576, 1_048_260, 1_047_313, 1_045_735, 1_043_527, 1_040_690, 1_037_227, 1_033_138, 1_028_428,
        1_023_098, 1_017_151, 1_010_592, 1_003_425, 995_652, 987_281, 978_314, 968_758, 958_618,
        947_901, 936_614, 924_761, 912_352, 899_394, 885_893, 871_859, 857_300, 842_224,
        826_641, 810_560, 793_991, 776_944, 759_428, 741_455, 723_036, 704_181, 684_901,
        665_210, 645_117, 624_636, 603_779, 582_558, 560_986, 539_076, 516_841, 494_295,
        471_452, 448_324, 424_926, 401_273, 377_377, 353_255, 328_919, 304_386, 279_669,
        254_783, 229_744, 204_567, 179_267, 153_858, 128_357, 102_778, 77_138, 51_451,
        25_733, 0,
    ]

    /// cos(pi * angle / 128) * 2^20 for any angle of 0 or more. Quadrants are mirrored, so that values that
    /// should cancel do so exactly.
    static func cosine(_ angle: Int) -> Int64 {
        let turn = angle % 256
        let half = turn > 128 ? 256 - turn : turn
        return half > 64 ? -quarterWave[128 - half] : quarterWave[half]
    }
}
