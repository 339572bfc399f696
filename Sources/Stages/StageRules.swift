import Imaging

/// Limits of the checks on times, coordinates and speeds.
public struct VerifyRules: Sendable, Equatable {
    /// Earliest capture time, milliseconds since 1970.
    public var earliestTime: Int64
    /// Half the side of the square around (0, 0) that counts as no position, 10^-7 degree.
    public var nullIslandE7: Int64
    /// The greatest speed a car is believed, millimetres per second.
    public var maxSpeed: Int64
    /// By how much the distance of two fixes may exceed what that speed explains, millimetres: GNSS noise.
    public var positionNoise: Int64
    /// The most fixes in a row that are taken out when the ones before and behind them fit together.
    public var maxOutliers: Int64
    /// The fewest fixes a part of a cut drive must have to be kept.
    public var minPartFixes: Int64

    /// Rules with these limits.
    public init(
        earliestTime: Int64, nullIslandE7: Int64, maxSpeed: Int64, positionNoise: Int64, maxOutliers: Int64,
        minPartFixes: Int64
    ) {
        self.earliestTime = earliestTime
        self.nullIslandE7 = nullIslandE7
        self.maxSpeed = maxSpeed
        self.positionNoise = positionNoise
        self.maxOutliers = maxOutliers
        self.minPartFixes = minPartFixes
    }
}

/// Limits of placing frames on the trace.
public struct LocateRules: Sendable, Equatable {
    /// The longest time between two fixes that is interpolated, milliseconds.
    public var maxGapTime: Int64
    /// The longest way between two fixes that is interpolated, millimetres.
    public var maxGapDistance: Int64
    /// The shortest way a heading is taken from, millimetres.
    public var headingDistance: Int64
    /// Metres of horizontal error for one unit of HDOP, in millimetres.
    public var errorPerHDOP: Int64
    /// An HDOP from this on says that the receiver knows none, thousandths.
    public var unknownHDOP: Int64

    /// Rules with these limits.
    public init(
        maxGapTime: Int64, maxGapDistance: Int64, headingDistance: Int64, errorPerHDOP: Int64,
        unknownHDOP: Int64
    ) {
        self.maxGapTime = maxGapTime
        self.maxGapDistance = maxGapDistance
        self.headingDistance = headingDistance
        self.errorPerHDOP = errorPerHDOP
        self.unknownHDOP = unknownHDOP
    }
}

/// A factor that is 0 permille at one value and 1000 at another, and linear between them.
public struct Ramp: Sendable, Equatable {
    /// The value that is worth 0 permille.
    public var zero: Int64
    /// The value that is worth 1000 permille.
    public var full: Int64

    /// A ramp from `zero` to `full`, which differ; either may be the greater.
    public init(zero: Int64, full: Int64) {
        self.zero = zero
        self.full = full
    }

    /// What `value` is worth, 0...1000 permille, rounded down.
    public func permille(_ value: Int64) -> Int64 {
        guard zero != full else { return value >= full ? 1000 : 0 }
        let clamped = min(max(value, min(zero, full)), max(zero, full))
        return Int64((Int128(clamped) - Int128(zero)) * 1000 / (Int128(full) - Int128(zero)))
    }
}

/// Limits and factors of an image's quality; all measured on the luma plane at a quarter of the image's scale.
public struct MeasureRules: Sendable, Equatable {
    /// The largest file, bytes.
    public var maxBytes: Int64
    /// The most pixels.
    public var maxPixels: Int64
    /// The most scans of a progressive JPEG.
    public var maxScans: Int64
    /// The fewest pixels on the shorter side.
    public var minShorterSide: Int64
    /// The lowest mean luma, thousandths of 0...255.
    public var minMeanLuma: Int64
    /// The largest share of dark samples, permille.
    public var maxDarkShare: Int64
    /// The largest share of bright samples, permille.
    public var maxBrightShare: Int64
    /// The largest share of flat areas, permille.
    public var maxFlatShare: Int64
    /// The lowest sharpness: variance of the Laplacian over variance, permille.
    public var minSharpness: Int64
    /// The largest horizontal error, millimetres.
    public var maxHorizontalError: Int64
    /// Exposure of images darker than ideal, by mean luma in thousandths.
    public var exposureDark: Ramp
    /// Exposure of images brighter than ideal, by mean luma in thousandths.
    public var exposureBright: Ramp
    /// Sharpness factor, by sharpness in permille.
    public var sharpness: Ramp
    /// Contrast factor, by standard deviation of luma in thousandths.
    public var contrast: Ramp
    /// Obstruction factor, by share of flat areas in permille.
    public var obstruction: Ramp
    /// Resolution factor, by thousands of pixels.
    public var resolution: Ramp
    /// Accuracy factor, by horizontal error in millimetres.
    public var accuracy: Ramp
    /// Accuracy factor where the upload says nothing of accuracy, permille.
    public var accuracyUnknown: Int64
    /// Focus factor, by focus in permille.
    public var focus: Ramp
    /// Factor of focus beside the other frames of the drive, by permille of the median of the drive's frames.
    public var relativeFocus: Ramp
    /// That factor where the drive has fewer than ``minMedianFrames``, permille.
    public var relativeFocusUnknown: Int64
    /// The fewest frames whose median tells anything.
    public var minMedianFrames: Int64
    /// Glare factor, by share of white areas and what they spill over to in permille.
    public var glare: Ramp
    /// Daylight factor, by elevation of the sun in hundredths of a degree.
    public var daylight: Ramp
    /// Dirt factor, by share of areas that stay the same while the car moves, in permille.
    public var dirt: Ramp
    /// That factor where the car did not move enough to tell, permille.
    public var dirtUnknown: Int64
    /// The fewest frames of a moving car that tell dirt, and where the car itself is seen.
    public var minDirtFrames: Int64
    /// How far apart such frames must be, millimetres.
    public var dirtStep: Int64
    /// An area stays the same whose mean and deviation do not deviate more than this from frame to frame, thousandths of
    /// luma.
    public var dirtDeviation: Int64
    /// How light such an area may be at most, permille of the picture's mean: what is lighter may be sky or road.
    public var dirtBrightness: Int64
    /// Hood factor, by share of the picture that is the car itself in permille.
    public var hood: Ramp
    /// That factor where the car did not move enough to tell, permille.
    public var hoodUnknown: Int64
    /// An edge of the car is at least so large on the average, thousandths of luma.
    public var hoodStep: Int64
    /// How steady such an edge is at least: the square of its mean in permille of the mean of its squares.
    public var hoodSteadiness: Int64
    /// Heading factor where the heading is unknown, permille; 1000 where it is known.
    public var headingUnknown: Int64
    /// What counts as dark, bright, even and white.
    public var levels: ImageLevels

    /// Rules with these limits.
    public init(
        maxBytes: Int64, maxPixels: Int64, maxScans: Int64, minShorterSide: Int64, minMeanLuma: Int64,
        maxDarkShare: Int64, maxBrightShare: Int64, maxFlatShare: Int64, minSharpness: Int64,
        maxHorizontalError: Int64, exposureDark: Ramp, exposureBright: Ramp, sharpness: Ramp, contrast: Ramp,
        obstruction: Ramp, resolution: Ramp, accuracy: Ramp, accuracyUnknown: Int64, focus: Ramp,
        relativeFocus: Ramp, relativeFocusUnknown: Int64, minMedianFrames: Int64, glare: Ramp, daylight: Ramp,
        dirt: Ramp, dirtUnknown: Int64, minDirtFrames: Int64, dirtStep: Int64, dirtDeviation: Int64,
        dirtBrightness: Int64, hood: Ramp, hoodUnknown: Int64, hoodStep: Int64, hoodSteadiness: Int64,
        headingUnknown: Int64, levels: ImageLevels
    ) {
        self.maxBytes = maxBytes
        self.maxPixels = maxPixels
        self.maxScans = maxScans
        self.minShorterSide = minShorterSide
        self.minMeanLuma = minMeanLuma
        self.maxDarkShare = maxDarkShare
        self.maxBrightShare = maxBrightShare
        self.maxFlatShare = maxFlatShare
        self.minSharpness = minSharpness
        self.maxHorizontalError = maxHorizontalError
        self.exposureDark = exposureDark
        self.exposureBright = exposureBright
        self.sharpness = sharpness
        self.contrast = contrast
        self.obstruction = obstruction
        self.resolution = resolution
        self.accuracy = accuracy
        self.accuracyUnknown = accuracyUnknown
        self.focus = focus
        self.relativeFocus = relativeFocus
        self.relativeFocusUnknown = relativeFocusUnknown
        self.minMedianFrames = minMedianFrames
        self.glare = glare
        self.daylight = daylight
        self.dirt = dirt
        self.dirtUnknown = dirtUnknown
        self.minDirtFrames = minDirtFrames
        self.dirtStep = dirtStep
        self.dirtDeviation = dirtDeviation
        self.dirtBrightness = dirtBrightness
        self.hood = hood
        self.hoodUnknown = hoodUnknown
        self.hoodStep = hoodStep
        self.hoodSteadiness = hoodSteadiness
        self.headingUnknown = headingUnknown
        self.levels = levels
    }
}

/// Limits of what counts as the same picture or the same stop.
public struct DeduplicateRules: Sendable, Equatable {
    /// The greatest dHash distance of a duplicate, bits, 0...64: a second look at what PDQ calls the same.
    public var maxDHashDistance: Int64
    /// The greatest PDQ distance of a duplicate, bits; at most 31.
    public var maxPDQDistance: Int64
    /// The lowest PDQ quality, 0...100, at which the hash tells pictures apart at all.
    public var minPDQQuality: Int64
    /// By how much the two crops are cut at every side whose hashes are compared as well, permille.
    public var narrowCrop: Int64
    /// The greater one.
    public var wideCrop: Int64
    /// How far a standing car's fixes may lie from the first one, millimetres.
    public var standstillDistance: Int64

    /// Rules with these limits.
    public init(
        maxDHashDistance: Int64, maxPDQDistance: Int64, minPDQQuality: Int64, narrowCrop: Int64,
        wideCrop: Int64, standstillDistance: Int64
    ) {
        self.maxDHashDistance = maxDHashDistance
        self.maxPDQDistance = maxPDQDistance
        self.minPDQQuality = minPDQQuality
        self.narrowCrop = narrowCrop
        self.wideCrop = wideCrop
        self.standstillDistance = standstillDistance
    }
}
