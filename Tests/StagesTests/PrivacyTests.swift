import Canonical
import DriveFormats
import Geo
import Testing

@testable import Stages

struct PrivacyTests {
    private func applied(_ rules: PrivacyRules, to raw: RawDrive) -> (rules: [Rule?], trace: [Fix]) {
        let drive = SampleTrip.verified(raw)
        let result = Privacy.apply(
            rules, to: drive, places: Locate.frames(of: drive, rules: SampleTrip.locateRules))
        let found = result.places.map { place -> Rule? in
            if case .failure(let refusal) = place { refusal.finding.rule } else { nil }
        }
        return (found, result.trace.parts.flatMap { $0 })
    }

    private func circle(_ fix: RawFix, metres: Int64) throws -> PrivateZone {
        .circle(
            center: try #require(Coordinate(latitude: fix.latitude, longitude: fix.longitude)),
            radius: metres * 1000)
    }

    @Test func withoutRulesNothingChanges() {
        let drive = SampleTrip.verified(SampleTrip.ofFrames(SampleTrip.straight(20)))
        let places = Locate.frames(of: drive, rules: SampleTrip.locateRules)
        let result = Privacy.apply(PrivacyRules(), to: drive, places: places)
        #expect(result.trace == drive.trace)
        #expect(result.places.count == places.count && result.places.allSatisfy { (try? $0.get()) != nil })
    }

    /// 20 m a second northwards: the zone around the tenth frame has those within 50 m.
    @Test func aZoneTakesFramesAndFixes() throws {
        let fixes = SampleTrip.straight(20)
        let zone = try circle(fixes[10], metres: 50)
        let (rules, trace) = applied(PrivacyRules(zones: [zone]), to: SampleTrip.ofFrames(fixes))
        for (index, rule) in rules.enumerated() {
            #expect(rule == ((8...12).contains(index) ? .privacyZone : nil), "frame \(index)")
        }
        #expect(trace.count == 15 && trace.allSatisfy { !zone.contains($0.position) })
    }

    /// Photos placed on a trace are where the trace was, and the trace keeps nothing of it either.
    @Test func placesOnATraceCount() throws {
        let fixes = SampleTrip.straight(20)
        let zone = try circle(fixes[10], metres: 50)
        let (rules, trace) = applied(
            PrivacyRules(zones: [zone]), to: SampleTrip.ofTrace(fixes, frames: [2.5, 9.5, 10.5, 15.5]))
        #expect(rules == [nil, .privacyZone, .privacyZone, nil])
        #expect(trace.allSatisfy { !zone.contains($0.position) })
    }

    @Test func endsAreTrimmed() {
        let (rules, trace) = applied(
            PrivacyRules(trim: 70_000), to: SampleTrip.ofFrames(SampleTrip.straight(20)))
        for (index, rule) in rules.enumerated() {
            #expect(rule == ((4...15).contains(index) ? nil : .privacyTrim), "frame \(index)")
        }
        #expect(trace.count == 12)
    }

    /// A car that waits before it drives off jitters many metres without leaving.
    @Test func waitingDoesNotUseTheWayUp() {
        let waiting = (0..<300).map { SampleTrip.standing($0) }
        let driving = (0..<20).map { SampleTrip.fix(Double(300 + $0), north: Double($0) * 20) }
        let (rules, _) = applied(
            PrivacyRules(trim: 70_000), to: SampleTrip.ofFrames(waiting + driving))
        #expect(rules[..<304].allSatisfy { $0 == .privacyTrim })
        #expect(rules[304..<316].allSatisfy { $0 == nil })
    }

    /// A drive about the block never gets far from where it began.
    @Test func aDriveThatNeverLeavesIsAllTrimmed() {
        let (rules, trace) = applied(
            PrivacyRules(trim: 1_000_000), to: SampleTrip.ofFrames(SampleTrip.straight(20)))
        #expect(rules.allSatisfy { $0 == .privacyTrim })
        #expect(trace.isEmpty)
    }

    /// A frame that is refused anyhow, but says where it was, is refused as private.
    @Test func aRefusalDoesNotTell() throws {
        var fixes = SampleTrip.straight(5)
        fixes.append(SampleTrip.fix(500, north: 4000))
        var raw = SampleTrip.ofTrace(Array(fixes[..<5]), frames: [])
        raw.frames = [SampleTrip.frame(0, fix: fixes[5])]
        let (rules, _) = applied(
            PrivacyRules(zones: [try circle(fixes[5], metres: 50)]), to: raw)
        #expect(rules == [.privacyZone])
    }
}
