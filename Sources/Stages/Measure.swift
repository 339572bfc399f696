import Canonical
import Geo
import Imaging

/// The third stage: what a frame's image is worth.
public enum Measure {
    /// Decodes an image once and takes everything from the one small plane.
    ///
    /// - Throws: ``Refusal`` for an image that is damaged, too large or of an unknown kind, with the codec's own
    ///   message.
    public static func image(
        _ bytes: [UInt8], rules: MeasureRules, duplicates: DeduplicateRules
    ) throws(Refusal) -> ImageMeasurement {
        let limits = ImageLimits(
            maxBytes: Int(clamping: rules.maxBytes), maxPixels: Int(clamping: rules.maxPixels),
            maxScans: Int(clamping: rules.maxScans))
        let decoded: DecodedImage
        do {
            decoded = try ImageDecoder.decode(bytes, limits: limits)
        } catch {
            throw refusal(error, bytes.count, rules)
        }
        let side = Int64(min(decoded.width, decoded.height))
        guard side >= rules.minShorterSide else {
            throw Refusal(Finding(.imageTooSmall, value: side, limit: rules.minShorterSide, unit: "pixels"))
        }
        let pdq = PDQHash.measureBothWays(decoded.plane)
        let bands = RowBands(decoded.plane)
        return ImageMeasurement(
            width: decoded.width, height: decoded.height, dHash: DHash(bands), pdq: pdq.hash,
            variants: PDQVariants(decoded.plane, mirrored: pdq.mirrored, rules: duplicates),
            pdqQuality: pdq.quality,
            statistics: ImageStatistics(bands, levels: rules.levels))
    }

    /// The observation of an image taken at `place`, on its own: what only the other frames of its drive can tell is
    /// unknown yet, see ``DriveImagery``.
    ///
    /// - Throws: ``Refusal`` where a gate of `rules` is not passed.
    public static func observation(
        of image: ImageMeasurement, at place: Place, rules: MeasureRules
    ) throws(Refusal) -> Observation {
        try gate(image.statistics, rules)
        if let error = place.horizontalError, error > rules.maxHorizontalError {
            throw Refusal(
                Finding(.positionInaccurate, value: error, limit: rules.maxHorizontalError, unit: "mm"))
        }
        return Observation(place: place, image: image, quality: quality(image, place, rules))
    }

    private static func gate(_ image: ImageStatistics, _ rules: MeasureRules) throws(Refusal) {
        let mean = Int64(image.meanLumaMilli)
        guard mean >= rules.minMeanLuma else {
            throw Refusal(
                Finding(.qualityDark, value: mean, limit: rules.minMeanLuma, unit: "thousandths of mean luma")
            )
        }
        let shares: [(Rule, Int, Int64, String)] = [
            (.qualityDark, image.darkPermille, rules.maxDarkShare, "permille of dark samples"),
            (.qualityOverexposed, image.brightPermille, rules.maxBrightShare, "permille of white samples"),
            (.qualityCovered, image.flatCellsPermille, rules.maxFlatShare, "permille of flat areas"),
        ]
        for (rule, value, limit, unit) in shares where Int64(value) > limit {
            throw Refusal(Finding(rule, value: Int64(value), limit: limit, unit: unit))
        }
        let sharpness = Int64(image.sharpnessPermille)
        guard sharpness >= rules.minSharpness else {
            throw Refusal(
                Finding(
                    .qualityBlurred, value: sharpness, limit: rules.minSharpness,
                    unit: "permille of sharpness"))
        }
    }

    private static func quality(_ image: ImageMeasurement, _ place: Place, _ rules: MeasureRules) -> Quality {
        let statistics = image.statistics
        let mean = Int64(statistics.meanLumaMilli)
        let sun = SunElevation.centidegrees(at: place.time.milliseconds, place.position)
        return Quality(
            exposure: min(rules.exposureDark.permille(mean), rules.exposureBright.permille(mean)),
            sharpness: rules.sharpness.permille(Int64(statistics.sharpnessPermille)),
            contrast: rules.contrast.permille(Int64(statistics.standardDeviationMilli)),
            obstruction: rules.obstruction.permille(Int64(statistics.flatCellsPermille)),
            accuracy: place.horizontalError.map(rules.accuracy.permille) ?? rules.accuracyUnknown,
            resolution: rules.resolution.permille(Int64(image.width) * Int64(image.height) / 1000),
            focus: rules.focus.permille(Int64(statistics.focusPermille)),
            relativeFocus: rules.relativeFocusUnknown,
            glare: rules.glare.permille(Int64(statistics.glarePermille)),
            daylight: rules.daylight.permille(Int64(sun)),
            dirt: rules.dirtUnknown, hood: rules.hoodUnknown,
            heading: place.heading == nil ? rules.headingUnknown : 1000)
    }

    private static func refusal(_ error: ImageError, _ bytes: Int, _ rules: MeasureRules) -> Refusal {
        let message = "\(error.code.rawValue): \(error.message)"
        switch error.code {
        case .tooManyBytes where bytes > rules.maxBytes:
            return Refusal(
                Finding(
                    .imageTooLarge, value: Int64(bytes), limit: rules.maxBytes, unit: "bytes",
                    message: message))
        // Bytes here are those that a PNG unpacks to.
        case .tooManyBytes, .tooManyPixels, .tooManyScans, .tooMuchMemory:
            return Refusal(Finding(.imageTooLarge, message: message))
        case .unsupported, .notAnImage:
            return Refusal(Finding(.imageUnsupported, message: message))
        case .damaged, .empty:
            return Refusal(Finding(.imageDamaged, message: message))
        }
    }
}
