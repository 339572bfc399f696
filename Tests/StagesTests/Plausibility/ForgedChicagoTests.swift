import Canonical
import DriveFormats
import ForgedTraces
import Foundation
import Geo
import Testing

@testable import Stages

/// The 889 honest trips of Chicago's shuttle buses, and traces forged from them.
@Suite(
    .enabled(
        if: ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"] != nil, "WAGGLE_SHARED_DATA is not set")
)
struct ForgedChicagoTests {
    private static let folder = ProcessInfo.processInfo.environment["WAGGLE_SHARED_DATA"]

    static let trips: [[RawFix]] = {
        let path = "\(folder ?? "")/traces/uic-chicago.csv"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return HonestTrips.read(text)
    }()

    private func share(flagged rule: Rule, _ forge: (Int, [RawFix]) -> [RawFix]) -> Double {
        let found = Self.trips.enumerated().count { number, trip in
            PlausibilityTests.flags(forge(number, trip)).contains { $0.rule == rule }
        }
        return Double(found) / Double(Self.trips.count)
    }

    @Test func noHonestTripIsFlagged() {
        #expect(Self.trips.count == 889)
        for (number, trip) in Self.trips.enumerated() {
            #expect(PlausibilityTests.flags(trip) == [], "trip \(number)")
        }
    }

    @Test func teleportsAreFound() {
        let found = share(flagged: .traceTeleport) { number, trip in
            Forgery.teleported(trip, seed: UInt64(number))
        }
        #expect(found >= 0.95, "\(found)")
    }

    /// A simulator that follows the streets at 12 m/s, one fix a second.
    @Test func simulatedTripsAreFound() {
        let found = share(flagged: .traceConstantSpeed) { _, trip in Forgery.simulated(along: trip, speed: 12)
        }
        #expect(found >= 0.95, "\(found)")
    }

    private static func trace(_ number: Int, _ fixes: [RawFix], received: Double) -> ComparedTrace {
        TraceCollisionsTests.trace("\(number)", fixes, by: "\(number)", received: received)
    }

    /// The buses drive the same streets day by day; no trip is another one's replay, and no two are one car.
    @Test func noHonestTripsCollide() {
        let traces = Self.trips.enumerated().map { Self.trace($0, $1, received: 0) }
        #expect(TraceCollisionsTests.found(traces) == [])
    }

    @Test(arguments: [0.0, 3]) func replaysAreFound(noise: Double) {
        let trips = Array(stride(from: 0, to: Self.trips.count, by: 3)).map { Self.trips[$0] }
        let honest = trips.enumerated().map { Self.trace($0, $1, received: 0) }
        let forged = trips.enumerated().map { number, trip in
            // Another day and another hour, by as many seconds as nobody else uses.
            let delay = Int64(9 * 86_400 + number * 631)
            return Self.trace(
                10_000 + number,
                Forgery.replayed(trip, after: delay, noise: noise, seed: UInt64(number)),
                received: 1000)
        }
        let found = Set(
            TraceCollisionsTests.found(honest + forged).filter { $0.kind == .replayed }.compactMap { replay in
                Int(replay.later) == (Int(replay.earlier) ?? 0) + 10_000 ? replay.later : nil
            })
        #expect(Double(found.count) >= 0.95 * Double(trips.count), "\(found.count)")
    }

    /// One account drives on two days' streets at once.
    @Test func twoPlacesAreFound() {
        let found = Self.trips.indices.dropLast().count { number in
            let (one, other) = (Self.trips[number], Self.trips[(number + 400) % Self.trips.count])
            guard let moved = Forgery.simultaneous(other, with: one) else { return false }
            let pair = [
                TraceCollisionsTests.trace("a", one, received: 0),
                TraceCollisionsTests.trace("b", moved, received: 1),
            ]
            return TraceCollisionsTests.found(pair).contains { $0.kind == .twoPlaces }
        }
        #expect(Double(found) >= 0.95 * Double(Self.trips.count - 1), "\(found)")
    }
}
