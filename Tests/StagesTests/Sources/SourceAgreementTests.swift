import Canonical
import DriveFormats
import Geo
import SeededNumbers
import Testing

@testable import Stages

/// Frames of which several sources tell different places.
struct SourceAgreementTests {
    /// How far the place of each frame is from that of the drive `truth`, millimetres; nil where it has none.
    private func errors(_ places: [Result<Place, Refusal>], _ truth: ToldDrive) -> [Int64?] {
        zip(places, truth.frames).map { place, frame in
            guard let place = try? place.get(), let fix = frame.fix,
                let there = Coordinate(latitude: fix.latitude, longitude: fix.longitude)
            else { return nil }
            return Geodesy.distanceMillimetres(place.position, there)
        }
    }

    @Test func sourcesThatAgreeChangeNothing() throws {
        let plain = ToldDrive(10)
        var told = plain
        told.addPlace(.exif) { _, fix in fix.moved(east: 40) }
        told.addPlace(.fileName) { _, fix in fix }
        #expect(try told.places.map { try $0.get() } == plain.places.map { try $0.get() })
        #expect(told.verified.settlements.allSatisfy { $0 == nil } && told.verified.remarks.isEmpty)
    }

    @Test func whereACarCanHaveGoneIsBelieved() throws {
        let truth = ToldDrive(20)
        var told = truth
        told.addPlace(.exif) { _, fix in fix }
        for index in [0, 7, 8, 9, 19] {
            told.frames[index].fix = told.frames[index].fix?.moved(north: 20_000)
        }
        #expect(errors(told.places, truth).allSatisfy { $0 == 0 })
        for index in [0, 7, 8, 9, 19] {
            let settlement = try #require(told.verified.settlements[index])
            #expect(settlement.position == Settlement.Choice(.exif, .reach) && settlement.time == nil)
            let heard = settlement.heard
            #expect(heard.map(\.source) == [.sidecar, .exif] && heard[1].distance == 0)
            #expect(abs(try #require(heard[0].distance) - 20_000_000) < 100_000)
        }
        #expect(told.verified.settlements[6] == nil)
    }

    @Test func aNearMistakeIsFoundByMotion() throws {
        // 200 m in 4 s can be driven; 4 s before and after, both say where the car was.
        let truth = ToldDrive(20, metresPerSecond: 5, step: 4)
        var told = truth
        told.addPlace(.exif) { index, fix in index % 5 == 2 ? fix.moved(east: 200) : fix }
        #expect(errors(told.places, truth).allSatisfy { $0 == 0 })
        #expect(told.verified.settlements[2]?.position == Settlement.Choice(.sidecar, .motion))
        told = truth
        told.addPlace(.exif) { _, fix in fix }
        told.frames[12].fix = told.frames[12].fix?.moved(east: 200)
        #expect(errors(told.places, truth).allSatisfy { $0 == 0 })
        #expect(told.verified.settlements[12]?.position == Settlement.Choice(.exif, .motion))
    }

    @Test func aReceiverThatIsStuckIsNotBelieved() throws {
        let truth = ToldDrive(30, metresPerSecond: 9)
        var told = truth
        let first = try #require(truth.frames[0].fix)
        told.addPlace(.exif) { _, fix in fix }
        for index in told.frames.indices {
            told.frames[index].fix?.latitude = first.latitude
            told.frames[index].fix?.longitude = first.longitude
        }
        let settlements = told.verified.settlements
        #expect(settlements[..<7].allSatisfy { $0 == nil }, "they are not far apart yet")
        #expect(settlements[7...].allSatisfy { $0?.position == Settlement.Choice(.exif, .stuck) })
        #expect(errors(told.places, truth)[7...].allSatisfy { $0 == 0 })
    }

    @Test func whatNothingDecidesIsRefused() throws {
        var told = ToldDrive(10)
        told.addPlace(.exif) { _, fix in fix.moved(east: 500) }
        for place in told.places {
            let finding = try #require(place.finding)
            #expect(finding.rule == .positionDisputed && finding.limit == 60_000 && finding.unit == "mm")
            #expect(abs(try #require(finding.value) - 500_000) < 1000)
            #expect(finding.message == "sidecar against exif")
        }
        // A third one decides.
        told.addPlace(.fileName) { _, fix in fix.moved(east: 510) }
        #expect(errors(told.places, told).allSatisfy { $0.map { abs($0 - 500_000) < 1000 } ?? false })
        #expect(
            told.verified.settlements.allSatisfy { $0?.position == Settlement.Choice(.exif, .majority) })
    }

    @Test func impossiblePlacesAreNoSources() throws {
        let truth = ToldDrive(5)
        var told = truth
        told.addPlace(.exif) { _, fix in fix }
        told.frames[1].fix?.latitude = .nan
        told.frames[2].fix?.longitude = 181
        told.frames[3].fix = RawFix(time: SampleTrip.time(3), latitude: 0, longitude: 0)
        #expect(errors(told.places, truth)[0] == 0)
        #expect(try told.places.map { try $0.get().position } == truth.places.map { try $0.get().position })
        told.frames[1].others = []
        #expect(told.places[1].finding?.rule == .positionNotFinite)
    }

    @Test func aTraceIsASourceToo() throws {
        let truth = ToldDrive(20, metresPerSecond: 5, step: 4)
        var told = truth
        told.trace = SampleTrip.straight(100, metresPerSecond: 5)
        told.frames[4].fix = told.frames[4].fix?.moved(east: 200)
        #expect(errors(told.places, truth).allSatisfy { $0.map { $0 < 100 } ?? false })
        #expect(told.verified.settlements[4]?.position == Settlement.Choice(.trace, .motion))
        #expect(told.verified.doubted == [4])
        // The trace of another drive.
        told = truth
        told.trace = SampleTrip.straight(100, metresPerSecond: 5).map { $0.moved(east: 5000) }
        #expect(told.places.allSatisfy { $0.finding?.rule == .positionDisputed })
        // It jumps aside for a while, where the frames do not.
        told.trace = SampleTrip.straight(100, metresPerSecond: 5).enumerated().map { second, fix in
            (30...40).contains(second) ? fix.moved(east: 10_000) : fix
        }
        #expect(errors(told.places, truth).allSatisfy { $0.map { $0 < 100 } ?? false })
        #expect(told.verified.settlements[9]?.position == Settlement.Choice(.sidecar, .reach))
    }

    @Test func aTraceMayOnlyBearWitness() throws {
        var told = ToldDrive(20)
        told.traceIsWitness = true
        told.trace = SampleTrip.straight(20, metresPerSecond: 10).map { $0.moved(east: 20) }
        told.frames[5].fix = nil
        told.frames[5].capturedAt = SampleTrip.time(5)
        let places = try told.places.map { try $0.get() }
        #expect(places[4].basis == .own && places[5].basis == .trace)
        #expect(told.verified.settlements.allSatisfy { $0 == nil })
    }

    @Test func whatIsNotBelievedTellsNoSecrets() throws {
        var told = ToldDrive(10)
        let home = try #require(told.frames[5].fix).moved(north: 20_000)
        told.addPlace(.exif) { _, fix in fix }
        told.frames[5].fix = home
        let zone = PrivateZone.circle(
            center: try #require(Coordinate(latitude: home.latitude, longitude: home.longitude)),
            radius: 50_000)
        let result = Privacy.apply(PrivacyRules(zones: [zone]), to: told.verified, places: told.places)
        #expect(result.places.map { $0.finding?.rule } == (0..<10).map { $0 == 5 ? .privacyZone : nil })
        told.frames[5].others = [RawTestimony(.exif, fix: home.moved(east: 500))]
        let refused = Privacy.apply(PrivacyRules(zones: [zone]), to: told.verified, places: told.places)
        #expect(refused.places[5].finding?.rule == .privacyZone)
    }

    @Test(arguments: 0..<500) func oneLiarAmongThreeIsAlwaysFound(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let truth = ToldDrive(
            Int.random(in: 1...30, using: &random),
            metresPerSecond: Double.random(in: 0...30, using: &random),
            step: [1.0, 2, 20].randomElement(using: &random) ?? 1)
        var told = truth
        told.addPlace(.exif) { _, fix in fix }
        told.addPlace(.fileName) { _, fix in fix }
        for index in told.frames.indices where Bool.random(using: &random) {
            let east = Double.random(in: 130...50_000, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: told.frames[index].fix = told.frames[index].fix?.moved(east: east)
            case let other:
                let lie = told.frames[index].others[other - 1].fix?.moved(east: east)
                told.frames[index].others[other - 1].fix = lie
            }
        }
        #expect(errors(told.places, truth).allSatisfy { $0 == 0 }, "seed \(seed)")
    }

    @Test(arguments: 0..<300) func nothingTraps(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        var told = ToldDrive(Int.random(in: 0...12, using: &random))
        let times: [Int64] = [.min, .max, 0, SampleTrip.start, SampleTrip.start + 3_600_000, -1]
        let numbers = [Double.nan, .infinity, -1e308, 0, 91, 37.8, -122.4, 180, 90]
        for source in RawTestimony.Source.allCases where Bool.random(using: &random) {
            told.add(source) { _, _ in
                let time = times.randomElement(using: &random).map { UTCTime(milliseconds: $0) }
                let fix = RawFix(
                    time: time, latitude: numbers.randomElement(using: &random) ?? 0,
                    longitude: numbers.randomElement(using: &random) ?? 0)
                return (Bool.random(using: &random) ? fix : nil, Bool.random(using: &random) ? time : nil)
            }
        }
        if Bool.random(using: &random) { told.trace = told.frames.compactMap { $0.others.first?.fix } }
        told.traceIsWitness = Bool.random(using: &random)
        let open = VerifyRules(
            earliestTime: .min, nullIslandE7: 0, maxSpeed: .max, positionNoise: .max, maxOutliers: .max,
            minPartFixes: .min)
        for rules in [SampleTrip.verifyRules, open] {
            let verified = Verify.drive(
                told.raw, asOf: UTCTime(milliseconds: .max),
                rules: DriveRules(
                    verify: rules, locate: SampleTrip.locateRules, sources: SampleTrip.sourceRules))
            #expect(verified.frames.count == told.frames.count, "seed \(seed)")
            #expect(verified.settlements.count == told.frames.count, "seed \(seed)")
        }
    }
}
