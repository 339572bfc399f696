import DriveFormats

extension Privacy {
    /// The places of `frames`, one for each, of which those that the upload calls unblurred are refused.
    public static func holdBack(
        _ frames: [RawFrame], places: [Swift.Result<Place, Refusal>]
    ) -> [Swift.Result<Place, Refusal>] {
        zip(frames, places).map { frame, place in
            guard frame.isUnblurred, case .success = place else { return place }
            return .failure(Refusal(Finding(.privacyUnblurred)))
        }
    }
}
