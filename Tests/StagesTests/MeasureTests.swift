import Canonical
import DriveFormats
import Geo
import Imaging
import SeededNumbers
import Testing

@testable import Stages

@Suite("Measure")
struct MeasureTests {
    static let rules = MeasureRules(
        maxBytes: 50_000_000, maxPixels: 100_000_000, maxScans: 100, minShorterSide: 160,
        minMeanLuma: 40_000, maxDarkShare: 600, maxBrightShare: 350, maxFlatShare: 500, minSharpness: 50,
        maxHorizontalError: 30_000, exposureDark: Ramp(zero: 25_000, full: 80_000),
        exposureBright: Ramp(zero: 245_000, full: 180_000), sharpness: Ramp(zero: 0, full: 300),
        contrast: Ramp(zero: 8_000, full: 35_000), obstruction: Ramp(zero: 600, full: 120),
        resolution: Ramp(zero: 0, full: 500), accuracy: Ramp(zero: 40_000, full: 5_000),
        accuracyUnknown: 800, focus: Ramp(zero: 100, full: 300), relativeFocus: Ramp(zero: 400, full: 800),
        relativeFocusUnknown: 990, minMedianFrames: 3, glare: Ramp(zero: 600, full: 150),
        daylight: Ramp(zero: -1_200, full: -600), dirt: Ramp(zero: 400, full: 20), dirtUnknown: 980,
        minDirtFrames: 5, dirtStep: 5_000, dirtDeviation: 4_000, dirtBrightness: 800,
        hood: Ramp(zero: 1000, full: 100), hoodUnknown: 970, hoodStep: 2_500, hoodSteadiness: 500,
        headingUnknown: 900,
        levels: ImageLevels(
            dark: 26, bright: 250, flatDeviation: 4, whiteMean: 225, whiteDeviation: 6, bloomMean: 140,
            bloomDeviation: 26))

    /// Gray blocks of 16x16 pixels, as random as they are sharp.
    static func noise(_ width: Int, _ height: Int) -> [UInt8] {
        var numbers = SplitMix64(seed: 7)
        let columns = (width + 15) / 16
        let blocks = (0..<columns * ((height + 15) / 16)).map { _ in
            UInt8.random(in: 30...220, using: &numbers)
        }
        return (0..<width * height).map { blocks[$0 / width / 16 * columns + $0 % width / 16] }
    }

    /// 10,000 samples, `low` at `count` places scattered over the plane and `high` at the others.
    private static func scattered(_ count: Int, low: UInt8, high: UInt8) throws -> LumaPlane {
        // 7,919 and 10,000 have no common factor: every place is reached once.
        let samples = (0..<10_000).map { $0 * 7919 % 10_000 < count ? low : high }
        return try #require(LumaPlane(width: 100, height: 100, samples: samples))
    }

    /// 80x80 samples: a checkerboard of 60 and 200 in 64 cells, of which `flat` are gray.
    private static func withFlatCells(_ flat: Int) throws -> LumaPlane {
        let samples = (0..<6400).map { index -> UInt8 in
            let (x, y) = (index % 80, index / 80)
            return y / 10 * 8 + x / 10 < flat ? 130 : (x + y) % 2 == 0 ? 60 : 200
        }
        return try #require(LumaPlane(width: 80, height: 80, samples: samples))
    }

    private static func observe(
        _ plane: LumaPlane, error: Int64? = nil, width: Int = 1000, height: Int = 500,
        rules: MeasureRules = rules
    ) throws(Refusal) -> Observation {
        let image = ImageMeasurement(
            width: width, height: height, dHash: DHash(plane), pdq: PDQHash(plane),
            variants: PDQVariants(
                plane, mirrored: PDQHash.measureBothWays(plane).mirrored, rules: StandstillTests.rules),
            pdqQuality: 100,
            statistics: ImageStatistics(plane, levels: rules.levels))
        guard let position = Coordinate(latitudeE7: 500_000_000, longitudeE7: 80_000_000) else {
            preconditionFailure("a place on the Earth")
        }
        let place = Place(
            time: SampleTrip.time(0), position: position, heading: nil, horizontalError: error, basis: .own)
        return try Measure.observation(of: image, at: place, rules: rules)
    }

    private static func finding(_ plane: LumaPlane, error: Int64? = nil, rules: MeasureRules = rules)
        -> Finding?
    {
        do throws(Refusal) {
            _ = try observe(plane, error: error, rules: rules)
            return nil
        } catch {
            return error.finding
        }
    }

    /// 5,000 samples of 0 and of 80 have a mean of 40.
    @Test("refuses a mean luma below 40, and not at 40")
    func dark() throws {
        #expect(Self.finding(try Self.scattered(5000, low: 0, high: 80)) == nil)
        #expect(
            Self.finding(try Self.scattered(5001, low: 0, high: 80))
                == Finding(.qualityDark, value: 39_992, limit: 40_000, unit: "thousandths of mean luma"))
    }

    @Test("refuses more than 600 permille of samples below 26, and not 600")
    func darkShare() throws {
        #expect(Self.finding(try Self.scattered(6000, low: 25, high: 200)) == nil)
        #expect(
            Self.finding(try Self.scattered(6010, low: 25, high: 200))
                == Finding(.qualityDark, value: 601, limit: 600, unit: "permille of dark samples"))
        #expect(Self.finding(try Self.scattered(6010, low: 26, high: 200)) == nil)
    }

    @Test("refuses more than 350 permille of samples above 250, and not 350")
    func bright() throws {
        #expect(Self.finding(try Self.scattered(6500, low: 100, high: 251)) == nil)
        #expect(
            Self.finding(try Self.scattered(6490, low: 100, high: 251))
                == Finding(.qualityOverexposed, value: 351, limit: 350, unit: "permille of white samples"))
        #expect(Self.finding(try Self.scattered(6490, low: 100, high: 250)) == nil)
    }

    @Test("refuses more than half of the areas flat, and not half")
    func covered() throws {
        #expect(Self.finding(try Self.withFlatCells(32)) == nil)
        #expect(
            Self.finding(try Self.withFlatCells(33))
                == Finding(.qualityCovered, value: 515, limit: 500, unit: "permille of flat areas"))
    }

    /// A checkerboard's Laplacian is four times the difference everywhere: 64 times the variance.
    @Test("refuses less sharpness than the least, and not the least")
    func blurred() throws {
        let checkerboard = try Self.withFlatCells(0)
        var rules = Self.rules
        rules.minSharpness = 64_000
        #expect(Self.finding(checkerboard, rules: rules) == nil)
        rules.minSharpness = 64_001
        #expect(
            Self.finding(checkerboard, rules: rules)
                == Finding(.qualityBlurred, value: 64_000, limit: 64_001, unit: "permille of sharpness"))
        let ramp = try #require(
            LumaPlane(width: 100, height: 100, samples: (0..<10_000).map { UInt8(40 + $0 % 100 * 2) }))
        #expect(Self.finding(ramp)?.rule == .qualityBlurred)
    }

    @Test("refuses a greater error of position than the greatest, and not the greatest")
    func inaccurate() throws {
        let plane = try Self.withFlatCells(0)
        #expect(Self.finding(plane, error: 30_000) == nil)
        #expect(
            Self.finding(plane, error: 30_001)
                == Finding(.positionInaccurate, value: 30_001, limit: 30_000, unit: "mm"))
        #expect(Self.finding(plane, error: .max)?.rule == .positionInaccurate)
    }

    /// By hand: 40,000 is 15/55 of the way from 25,000 to 80,000; a deviation of 40 is above 35.
    @Test("takes each factor from its ramp")
    func factors() throws {
        let dark = try Self.observe(Self.scattered(5000, low: 0, high: 80), error: 22_500, height: 250)
        #expect(dark.quality.exposure == 272)
        #expect(dark.quality.contrast == 1000)
        #expect(dark.quality.sharpness == 1000)
        #expect(dark.quality.accuracy == 500)
        #expect(dark.quality.resolution == 500)
        // Half of 64 areas flat: 100 of the 480 permille from 600 to 120.
        #expect(try Self.observe(Self.withFlatCells(32)).quality.obstruction == 208)
        // A mean of 220 is 25/65 of the way from 245 to 180.
        let bright = try Self.observe(Self.scattered(5000, low: 200, high: 240))
        #expect(bright.quality.exposure == 384)
        // A deviation of 20 is 12/27 of the way from 8 to 35.
        #expect(bright.quality.contrast == 444)
        #expect(bright.quality.accuracy == 800)
        #expect(bright.quality.resolution == 1000)
    }
}

@Suite("Measure decodes")
struct MeasureImageTests {
    private static func jpeg(_ width: Int, _ height: Int, progressive: Bool = false) throws -> [UInt8] {
        try JPEGEncoder.encode(
            gray: MeasureTests.noise(width, height), width: width, height: height, progressive: progressive)
    }

    private static func finding(_ bytes: [UInt8], _ rules: MeasureRules = MeasureTests.rules) -> Finding? {
        do throws(Refusal) {
            _ = try Measure.image(bytes, rules: rules, duplicates: StandstillTests.rules)
            return nil
        } catch {
            return error.finding
        }
    }

    @Test("a JPEG, and says how large it is")
    func size() throws {
        let image = try Measure.image(
            Self.jpeg(323, 201), rules: MeasureTests.rules, duplicates: StandstillTests.rules)
        #expect(image.width == 323)
        #expect(image.height == 201)
        #expect((100_000...150_000).contains(image.statistics.meanLumaMilli))
    }

    @Test("160 pixels on the shorter side, and not 159")
    func smallSide() throws {
        #expect(Self.finding(try Self.jpeg(160, 400)) == nil)
        for (width, height) in [(159, 400), (400, 159)] {
            #expect(
                Self.finding(try Self.jpeg(width, height))
                    == Finding(.imageTooSmall, value: 159, limit: 160, unit: "pixels"))
        }
    }

    @Test("as many bytes and pixels as it may, and none more")
    func limits() throws {
        let file = try Self.jpeg(200, 180)
        var rules = MeasureTests.rules
        rules.maxBytes = Int64(file.count)
        rules.maxPixels = 36_000
        #expect(Self.finding(file, rules) == nil)
        rules.maxBytes -= 1
        let bytes = try #require(Self.finding(file, rules))
        #expect(bytes.rule == .imageTooLarge)
        #expect(bytes.value == Int64(file.count))
        #expect(bytes.limit == Int64(file.count) - 1)
        rules.maxBytes += 1
        rules.maxPixels -= 1
        #expect(Self.finding(file, rules)?.rule == .imageTooLarge)
        rules.maxPixels += 1
        rules.maxScans = 1
        #expect(Self.finding(try Self.jpeg(200, 180, progressive: true), rules)?.rule == .imageTooLarge)
    }

    /// 6,000 x 6,000 pixels of RGB, 108 MB, from Python's zlib; the file has 99 bytes.
    @Test("no PNG that unpacks to 108 MB, and does not call its 99 bytes too many")
    func bomb() throws {
        let file: [UInt8] =
            [
                0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44,
                0x52,
                0x00, 0x00, 0x17, 0x70, 0x00, 0x00, 0x17, 0x70, 0x08, 0x02, 0x00, 0x00, 0x00, 0x6C, 0x36,
                0x10,
                0x14, 0x00, 0x00, 0x00, 0x2A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0xED, 0xC1, 0x31, 0x01,
                0x00,
                0x00, 0x00, 0xC2, 0xA0, 0xF5, 0x4F, 0x6D, 0x0D, 0x0F, 0xA0,
            ] + [UInt8](repeating: 0, count: 19)
            + [
                0x78, 0x30, 0x4E, 0x20, 0x00, 0x01, 0x2E, 0x9F, 0xA1, 0x36, 0x00, 0x00, 0x00, 0x00, 0x49,
                0x45,
                0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
            ]
        #expect(file.count == 99)
        let finding = try #require(Self.finding(file))
        #expect(finding.rule == .imageTooLarge)
        #expect(finding.value == nil && finding.limit == nil)
        #expect(finding.message?.hasPrefix("too_many_bytes: ") == true)
    }

    @Test("nothing that is no image")
    func refusals() {
        #expect(Self.finding([])?.rule == .imageDamaged)
        #expect(Self.finding(Array("GIF89a".utf8))?.rule == .imageUnsupported)
        #expect(Self.finding([0xFF, 0xD8, 0xFF])?.rule == .imageDamaged)
        #expect(Self.finding([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])?.rule == .imageDamaged)
    }
}
