import Imaging
import Stages

extension Ruleset {
    /// What a new workspace starts with.
    public static let standard = Ruleset(
        verify: VerifyRules(
            // 2000-01-01T00:00:00Z: what cameras without a clock write lies before.
            earliestTime: 946_684_800_000,
            // 0.01 degree, about 1.1 km: no street is there.
            nullIslandE7: 100_000,
            // 198 km/h. systemoverflow.com's map-matching notes cut at 200 km/h, gpsbabel's driving profile
            // at 50 m/s, Hivemapper's camera (odc-api, MAX_SPEED) at 40 m/s.
            maxSpeed: 55_000,
            // Two fixes in a row that are each wrong by 10 m.
            positionNoise: 20_000,
            // Five seconds of a receiver that writes once a second.
            maxOutliers: 5,
            minPartFixes: 3),
        locate: LocateRules(
            maxGapTime: 10_000,
            // What a car covers in those 10 s at 36 km/h.
            maxGapDistance: 100_000,
            // Shorter ways are within the noise of consecutive fixes.
            headingDistance: 3_000,
            // Panoramax, geopic_tag_reader: GPS accuracy = DOP x 3 m.
            errorPerHDOP: 3_000,
            // Receivers write 99.99 where they know nothing (hivemapper-data-logger, neom9n datafeed).
            unknownHDOP: 99_000),
        sources: SourceRules(
            // EXIF has whole seconds, and receivers are up to a second late.
            maxTimeDifference: 2_000,
            // Two fixes that are each wrong by 10 m, and a second's way at 144 km/h.
            maxPositionDifference: 60_000,
            minClockWitnesses: 5,
            // Two thirds, and no other answer half as often.
            minClockAgreement: 667,
            maxClockRival: 500,
            // A street's width.
            witnessDistance: 20_000,
            // Three fixes that agree to 10^-7 degree: a receiver that works never gives them while it moves.
            minStuckFrames: 3,
            // A receiver that is switched on with the car, and a camera that takes a minute to start.
            traceMargin: 60_000,
            maxClockWitnesses: 300, clockWindow: 5, maxWitnessFixes: 200,
            // Half of the frames each.
            minClockPresence: 500, minClockMatch: 500, minStuckClock: 500),
        plausibility: PlausibilityRules(
            // They warn: none of them proves a forgery, and no honest trip may be refused.
            teleportAction: 1, accelerationAction: 1, constantSpeedAction: 1, tooSmoothAction: 1,
            // None of 889 trips of Chicago's shuttle buses has one.
            maxTeleports: 0,
            // A car that brakes fully. Over stretches of 4 s these trips reach 3.7 m/s2.
            maxAcceleration: 8_000, accelerationTime: 4_000, maxAccelerationStretches: 5,
            // They have at most 61 permille within 30 mm, a simulator that follows their streets at least 867.
            maxConstantSpeed: 500, constantSpeedTolerance: 30,
            // They deviate by 166 mm and more, a Hivemapper Bee by 170; positions are rounded to 11 mm.
            minDeviation: 50,
            // A minute of driving.
            minMovingSteps: 60, movingSpeed: 2_000, minStepTime: 700,
            frozenAction: 1, motionAction: 1, minImagerySteps: 20,
            // Hivemapper's frames are 8 m apart.
            imageryStep: 5_000,
            // What PDQ calls the same picture; pictures of real drives differ by 54 and more, at the median by 90.
            samePictureBits: 31, minPictureQuality: 50, maxFrozen: 200, maxLoopPictures: 4_096,
            standingDistance: 1_000, standingTime: 10_000, otherPictureBits: 80, maxMotion: 400,
            // A Hivemapper Bee turns at one junction in five steps of 10 to 23 degrees; in each its picture moves by 109 to 187
            // permille the other way. In curves of 3 to 5 degrees a step it does not. Straight ahead it moves by 60 and more
            // in one step of six, to either side.
            turningAction: 1, minTurningSteps: 5, minTurn: 800, maxTurn: 3_500, turningTime: 3_000,
            turningShift: 60, minTurning: 300),
        collisions: CollisionRules(
            // Ten times what two fixes can be wrong.
            twoPlacesDistance: 200_000,
            // Two fixes that are each wrong by 10 m.
            sameCarDistance: 20_000, minShare: 900, minMoments: 60, minWay: 300_000,
            maxGapTime: 10_000,
            // Noise moves the moment at which a border is crossed by a second or two; cells 150 m wide are far more than
            // noise. Of 889 trips of Chicago's buses on the same streets a pair in twenty comes as far as this; with 3 m of
            // noise, all replays of them do.
            replayStep: 4_000, replayPrecision: 7, minReplayWindows: 3, replayWindowsPart: 3),
        privacy: PrivacyDefaults(
            // Some cameras trim themselves.
            trim: 0,
            // Both can tell who took the picture, when and where.
            keepComments: 0, keepXMP: 0,
            // It belongs to the picture: without it, colours are others.
            keepColourProfile: 1),
        measure: measure,
        deduplicate: DeduplicateRules(
            // Copies cropped by 2 % lie within 11; what PDQ finds beyond 16, a quarter of the hash, is chance.
            maxDHashDistance: 16,
            // What PDQ itself recommends (facebook/ThreatExchange, pdq/README.md). Frames of real drives lie 54 and
            // more from each other, see docs/accuracy.md.
            maxPDQDistance: 31,
            // The same: hashes of quality 49 and less are to be discarded.
            minPDQQuality: 50,
            // A crop is found that differs by up to 0.8 % of the side from none, or from one of these.
            narrowCrop: 16,
            wideCrop: 42,
            // Panoramax, panoramax_cli: pictures within 1 m are duplicates; twice that, for both ends' noise.
            standstillDistance: 2_000),
        score: ScoreRules(
            // 38 m x 19 m on the equator: one crossing of two streets.
            cellPrecision: 8,
            // Hivemapper sells imagery by the hexagon and week, and pays by the week.
            freshness: Curve(from: 0, to: 1000, over: 7 * 86_400_000),
            late: late,
            // Each octant of a crossing once.
            redundancyTarget: 8),
        trust: TrustRules(
            // Five flagged drives in one week, and nothing counts; a flag is forgotten after four weeks.
            initial: 1000, least: 0, step: 200, recovery: 50),
        reward: RewardRules(
            // One million points.
            budget: 1_000_000_000_000,
            // One per cent for corrections; half of what is earned pays a debt, as in Filecoin's fee debt.
            reserve: 10, debt: 500,
            // A car that drives 3,000 km in new streets earns about this: Hivemapper's ceiling for a device and week
            // (MIP-23). Its floor, 50 km, would leave out who drives to the shop.
            deviceFloor: 0, deviceCeiling: 100_000_000_000,
            accountCap: 1000, regions: [],
            // Hivemapper's weeks end on Sunday and take uploads until Tuesday night.
            graceMilliseconds: 48 * 3_600_000,
            challengeMilliseconds: 72 * 3_600_000,
            genesis: "waggle"))

    /// Hivemapper's MIP-1: a quarter less from 3 days on, half from 30, three quarters from 90; here without steps.
    private static let late =
        Curve([
            .init(x: 3 * 86_400_000, y: 1000), .init(x: 30 * 86_400_000, y: 750),
            .init(x: 90 * 86_400_000, y: 500), .init(x: 365 * 86_400_000, y: 250),
        ]) ?? Curve(from: 1000, to: 1000, over: 0)

    /// Limits and factors of image quality, calibrated on the sample drives and on real dashcam frames.
    private static let measure = MeasureRules(
        // The greatest image that is decoded. Scans are bounded because a progressive JPEG of a few kilobytes
        // can ask for thousands of passes over the whole picture (libjpeg-turbo, "Two Issues with the JPEG
        // Standard").
        maxBytes: 50_000_000,
        maxPixels: 100_000_000,
        maxScans: 100,
        // Below 160 pixels signs cannot be read at any distance.
        minShorterSide: 160,
        minMeanLuma: 40_000,
        maxDarkShare: 600,
        maxBrightShare: 350,
        maxFlatShare: 500,
        minSharpness: 50,
        // A street's width beside the right one.
        maxHorizontalError: 30_000,
        exposureDark: Ramp(zero: 25_000, full: 80_000),
        exposureBright: Ramp(zero: 245_000, full: 180_000),
        // 70 frames of a Hivemapper Bee in San Francisco, at a quarter of their scale: sharpness 100 to 607, median
        // 378; deviation 44 to 67 thousand, median 55 thousand; flat areas at most 62 permille.
        sharpness: Ramp(zero: 0, full: 400),
        contrast: Ramp(zero: 8_000, full: 50_000),
        obstruction: Ramp(zero: 600, full: 120),
        resolution: Ramp(zero: 0, full: 500),
        accuracy: Ramp(zero: 40_000, full: 5_000),
        accuracyUnknown: 800,
        // The same frames have 316 to 439, and no less than 840 permille of their median; blurred by one pixel they
        // have 243 to 312, by two 169 to 206, see docs/accuracy.md.
        focus: Ramp(zero: 100, full: 300),
        relativeFocus: Ramp(zero: 400, full: 800),
        // Nothing to compare with is no fault.
        relativeFocusUnknown: 1000,
        minMedianFrames: 10,
        // White skies of theirs reach 125.
        glare: Ramp(zero: 600, full: 150),
        // Full until the end of civil twilight, nothing beyond nautical twilight, when the horizon cannot be seen.
        daylight: Ramp(zero: -1_200, full: -600),
        // A made motorway has up to 78: verges, and a lorry ahead that keeps its distance. The real frames have none.
        dirt: Ramp(zero: 400, full: 90),
        dirtUnknown: 1000,
        minDirtFrames: 40,
        // Hivemapper's frames are 8 m apart.
        dirtStep: 5_000,
        // What is rounded, and what JPEG does to it.
        dirtDeviation: 1_500,
        dirtBrightness: 800,
        // What is left of the picture beyond a fifth, which the dashboard of the real frames does not reach (130): half of
        // a picture is worth little more than half of one.
        hood: Ramp(zero: 1000, full: 200),
        hoodUnknown: 1000,
        // On the road of the real frames a few single areas reach as much; along their dashboard areas side by side
        // have steps of 3 to 30 whose steadiness is 500 to 950.
        hoodStep: 2_500,
        hoodSteadiness: 500,
        // A pass counts by the octant of its heading.
        headingUnknown: 900,
        // Dark is a tenth of full scale, as ffmpeg's blackdetect has it. Cameras that keep to the levels of video clip at
        // 235, and not at 255.
        levels: ImageLevels(
            dark: 26, bright: 250, flatDeviation: 4, whiteMean: 225, whiteDeviation: 6, bloomMean: 140,
            bloomDeviation: 26))
}
