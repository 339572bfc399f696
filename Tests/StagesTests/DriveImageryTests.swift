import Canonical
import Geo
import Imaging
import SeededNumbers
import Testing

@testable import Stages

/// What the frames of one drive tell of each other's images.
struct DriveImageryTests {
    /// A frame of a plane of 160 x 80 samples, `metres` north of the origin after `second` seconds.
    static func frame(
        _ plane: LumaPlane, second: Int, metres: Double, pdq: PDQHash? = nil, quality: Int = 100
    ) throws -> Observation {
        let position = try #require(Coordinate(latitude: 48 + metres / 111_194.926_6, longitude: 11))
        let measured = PDQHash.measureBothWays(plane)
        let image = ImageMeasurement(
            width: 640, height: 320, dHash: DHash(plane), pdq: pdq ?? measured.hash,
            variants: PDQVariants(
                mirrored: measured.mirrored, narrowCrop: measured.hash, wideCrop: measured.hash),
            pdqQuality: quality, statistics: ImageStatistics(plane, levels: MeasureTests.rules.levels))
        let place = Place(
            time: SampleTrip.time(Double(second)), position: position, heading: 0, horizontalError: 5_000,
            basis: .own)
        return Observation(
            place: place, image: image,
            quality: Quality(
                exposure: 1000, sharpness: 1000, contrast: 1000, obstruction: 1000, accuracy: 1000,
                resolution: 1000, focus: 1000, relativeFocus: 990, glare: 1000, daylight: 1000, dirt: 980,
                hood: 1000, heading: 1000))
    }

    /// Blocks of random light; where `isSpot` holds, always the same.
    static func plane(_ seed: UInt64, isSpot: (_ column: Int, _ row: Int) -> Bool = { _, _ in false }) throws
        -> LumaPlane
    {
        var random = SplitMix64(seed: seed)
        let blocks = (0..<32 * 16).map { _ in UInt8.random(in: 60...220, using: &random) }
        let samples = (0..<160 * 80).map { index -> UInt8 in
            let (x, y) = (index % 160, index / 160)
            return isSpot(x / 10, y / 10) ? 45 : blocks[y / 5 * 32 + x / 5]
        }
        return try #require(LumaPlane(width: 160, height: 80, samples: samples))
    }

    private static func drive(
        _ count: Int, metres: Double = 8, isSpot: (_ column: Int, _ row: Int) -> Bool = { _, _ in false }
    ) throws -> [Observation] {
        try (0..<count).map { number in
            try frame(
                try plane(UInt64(number) + 1, isSpot: isSpot), second: number, metres: Double(number) * metres
            )
        }
    }

    private static let rules = MeasureTests.rules

    /// Six areas of 128.
    @Test func whatStaysIsDirt() throws {
        let spot = { (column: Int, row: Int) in (4...6).contains(column) && (2...3).contains(row) }
        let dirty = DriveImagery(try Self.drive(12, isSpot: spot), rules: Self.rules)
        #expect(dirty.stuckShare == 46)
        #expect(DriveImagery(try Self.drive(12), rules: Self.rules).stuckShare == 0)
        // 26 of the 380 permille between full and zero.
        let frame = try #require(try Self.drive(1).first)
        let applied = dirty.applied(to: frame, rules: Self.rules)
        #expect(applied.quality.dirt == 931 && applied.inDrive.stuckShare == 46)
    }

    @Test func aBonnetIsNoDirt() throws {
        let bonnet = { (column: Int, row: Int) in row == 7 || row == 6 && (4...11).contains(column) }
        #expect(DriveImagery(try Self.drive(12, isSpot: bonnet), rules: Self.rules).stuckShare == 0)
    }

    /// The lowest quarter of the picture, dark or light, and half of that where the bonnet is as wide as half of the picture.
    @Test(arguments: [
        (35, 0..<16, 250, 833), (250, 0..<16, 250, 833), (35, 4..<12, 125, 972), (35, 5..<12, 0, 1000),
    ])
    func whatStaysBelowIsTheCar(tone: UInt8, columns: Range<Int>, share: Int64, factor: Int64) throws {
        let frames = try (0..<40).map { number in
            let street = try Self.plane(UInt64(number) + 1)
            let samples = street.samples.enumerated().map { index, sample in
                index / 160 >= 60 && columns.contains(index % 160 / 10) ? tone : sample
            }
            return try Self.frame(
                try #require(LumaPlane(width: 160, height: 80, samples: samples)), second: number,
                metres: Double(number) * 8)
        }
        let imagery = DriveImagery(frames, rules: Self.rules)
        #expect(imagery.hoodShare == share)
        let applied = imagery.applied(to: try #require(frames.first), rules: Self.rules)
        #expect(applied.quality.hood == factor)
        #expect(applied.inDrive.hoodShare == share)
    }

    /// An edge that stays does not count where it hardly differs, or where the light is on its other side in every third
    /// frame: of 60, 60 and -40 the square of the mean is 711, of 2933 on the average.
    @Test(arguments: [(2, 2, 0), (3, 3, 250), (60, -40, 0), (60, 20, 250)])
    func whatIsNoSteadyEdgeIsNoCar(step: Int, third: Int, share: Int64) throws {
        let frames = try (0..<12).map { number in
            let samples = (0..<160 * 80).map { index -> UInt8 in
                let below = number % 3 == 0 ? third : step
                return UInt8(clamping: index / 160 >= 60 ? 120 + below : 120)
            }
            return try Self.frame(
                try #require(LumaPlane(width: 160, height: 80, samples: samples)), second: number,
                metres: Double(number) * 8)
        }
        #expect(DriveImagery(frames, rules: Self.rules).hoodShare == share)
    }

    @Test func aStandingCarTellsNothingOfItself() throws {
        let bonnet = { (column: Int, row: Int) in row >= 6 }
        #expect(DriveImagery(try Self.drive(12, isSpot: bonnet), rules: Self.rules).hoodShare == 250)
        let standing = DriveImagery(try Self.drive(40, metres: 0.1, isSpot: bonnet), rules: Self.rules)
        #expect(standing.hoodShare == nil)
        let frame = try #require(try Self.drive(1).first)
        #expect(standing.applied(to: frame, rules: Self.rules).quality.hood == 970, "unknown")
    }

    @Test func anEvenSkyIsNoDirt() throws {
        let frames = try (0..<12).map { number in
            let street = try Self.plane(UInt64(number) + 1)
            let samples = street.samples.enumerated().map { $0 / 160 < 30 ? 230 : $1 / 2 }
            return try Self.frame(
                try #require(LumaPlane(width: 160, height: 80, samples: samples)), second: number,
                metres: Double(number) * 8)
        }
        #expect(DriveImagery(frames, rules: Self.rules).stuckShare == 0)
    }

    @Test func aStandingCarTellsNothingOfDirt() throws {
        let spot = { (column: Int, row: Int) in (4...6).contains(column) && row == 2 }
        let standing = DriveImagery(try Self.drive(40, metres: 0.1, isSpot: spot), rules: Self.rules)
        #expect(standing.stuckShare == nil)
        let frame = try #require(try Self.drive(1).first)
        #expect(standing.applied(to: frame, rules: Self.rules).quality.dirt == 980, "unknown")
        #expect(DriveImagery(try Self.drive(4, isSpot: spot), rules: Self.rules).stuckShare == nil)
    }

    @Test func focusIsHeldAgainstTheMedian() throws {
        let frames = try Self.drive(9)
        let focus = frames.map { Int64($0.image.statistics.focusPermille) }.sorted()
        let imagery = DriveImagery(frames, rules: Self.rules)
        #expect(imagery.medianFocus == focus[4])
        for frame in frames {
            let own = Int64(frame.image.statistics.focusPermille)
            let applied = imagery.applied(to: frame, rules: Self.rules)
            #expect(applied.inDrive.focus == own * 1000 / focus[4])
            #expect(applied.quality.relativeFocus == Self.rules.relativeFocus.permille(own * 1000 / focus[4]))
        }
        let few = DriveImagery(Array(frames.prefix(2)), rules: Self.rules)
        #expect(few.medianFocus == nil)
        #expect(few.applied(to: frames[0], rules: Self.rules).quality.relativeFocus == 990, "unknown")
        #expect(DriveImagery([], rules: Self.rules) == DriveImagery([], rules: Self.rules))
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func orderDecidesNothing(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let frames = try Self.drive(12) { column, row in column == Int(seed % 16) && row < 3 }
        let expected = DriveImagery(frames, rules: Self.rules)
        #expect(DriveImagery(frames.shuffled(using: &random), rules: Self.rules) == expected, "seed \(seed)")
    }
}
