import Canonical
import DriveFormats
import Geo
import Testing

@testable import Stages

/// Frames that the upload itself calls unblurred.
@Suite struct HeldBackTests {
    @Test func unblurredFramesHaveNoPlace() throws {
        let position = try #require(Coordinate(latitudeE7: 482_000_000, longitudeE7: 110_000_000))
        let place = Place(
            time: UTCTime(milliseconds: 1_773_144_000_000), position: position, heading: nil,
            horizontalError: nil, basis: .own)
        var unblurred = RawFrame(source: ByteSource(path: "a.jpg"))
        unblurred.isUnblurred = true
        let plain = RawFrame(source: ByteSource(path: "b.jpg"))
        let refusal = Refusal(Finding(.timeMissing))
        let places = Privacy.holdBack(
            [unblurred, plain, unblurred, plain],
            places: [.success(place), .success(place), .failure(refusal), .failure(refusal)])
        #expect(
            places == [
                .failure(Refusal(Finding(.privacyUnblurred))), .success(place), .failure(refusal),
                .failure(refusal),
            ])
    }
}
