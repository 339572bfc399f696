import Canonical
import Geo
import Rewards
import SeededNumbers
import Stages
import TestSupport

@testable import Store

/// Takedowns drawn from a seed: of frames, drives, contributors and zones that are there.
enum RandomTakedowns {
    static func draw(
        _ count: Int, of frames: [FrameView], using random: inout SplitMix64
    ) throws -> [Takedown] {
        try (0..<count).map { number in
            let frame = frames[Int.random(in: frames.indices, using: &random)]
            let day = Int64.random(in: 0..<30, using: &random)
            let at = UTCTime(
                milliseconds: UTCTime.at("2026-03-02T00:00:00Z").milliseconds
                    + day * UTCTime.millisecondsPerDay)
            return try Takedown(
                try target(frame, using: &random),
                reason: Takedown.Reason.allCases.randomElement(using: &random) ?? .other,
                note: number % 2 == 0 ? nil : "number \(number)", by: "ops", at: at)
        }
    }

    private static func target(
        _ frame: FrameView, using random: inout SplitMix64
    ) throws -> Takedown.Target {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .drive(frame.drive)
        case 1: return .contributor(frame.contributor)
        case 2, 3:
            guard let position = frame.observed?.place.position else { break }
            // Narrower than the distance of two frames, and with the frame on an edge of it half of the time.
            let (south, west) = (Int(position.latitudeE7), Int(position.longitudeE7))
            let isOnEdge = Bool.random(using: &random)
            if let zone = Zone(
                southE7: south - (isOnEdge ? 900 : 400), westE7: west - 100,
                northE7: south + (isOnEdge ? 0 : 500), eastE7: west + 100)
            {
                return .zone(zone)
            }
        case 4:
            if let cell = frame.observed?.cell.prefix(Int.random(in: 6...8, using: &random)) {
                return .zone(Zone(cell))
            }
        default: break
        }
        return .frame(frame.name)
    }
}
