/// The layer `coverage`: one square polygon for every square of the 64 x 64 grid that holds frames, by ascending
/// index, with the attributes below in their order.
public enum CoverageLayer {
    /// The layer's name.
    public static let name = "coverage"
    /// Units along one side of the tile.
    public static let extent: UInt32 = 4096
    /// Frames in the square, an unsigned integer.
    public static let framesKey = "n"
    /// Mean quality in permille, rounded down to a multiple of ``qualityStep``, an unsigned integer.
    public static let qualityKey = "quality"
    /// Distinct drives the frames are from, an unsigned integer.
    public static let drivesKey = "drives"
    /// Distinct contributors the frames are from, an unsigned integer.
    public static let contributorsKey = "contributors"
    /// Day of the earliest frame, an ISO 8601 date.
    public static let firstDayKey = "first_day"
    /// Day of the latest frame, an ISO 8601 date.
    public static let lastDayKey = "last_day"
    /// True where the number of drives is an estimate, else left out.
    public static let drivesEstimatedKey = "drives_estimated"
    /// True where the number of contributors is an estimate, else left out.
    public static let contributorsEstimatedKey = "contributors_estimated"

    /// Qualities are shown in steps of this many permille: finer ones make a tile of zoom 14 larger by a fifth
    /// and tell nobody anything.
    public static let qualityStep: UInt64 = 10

    /// The keys that every square has.
    static let keys = [framesKey, qualityKey, drivesKey, contributorsKey, firstDayKey, lastDayKey]

    /// What `vector_layers` says about the layer at these zooms.
    public static func description(minZoom: UInt8, maxZoom: UInt8) -> LayerDescription {
        LayerDescription(
            id: name, description: "Frames, drives and contributors per square of a 64 x 64 grid",
            fields: [
                framesKey: .number, qualityKey: .number, drivesKey: .number, contributorsKey: .number,
                firstDayKey: .string, lastDayKey: .string, drivesEstimatedKey: .boolean,
                contributorsEstimatedKey: .boolean,
            ],
            minZoom: minZoom, maxZoom: maxZoom)
    }
}
