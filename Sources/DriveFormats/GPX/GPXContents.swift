/// What a GPX file holds of use.
struct GPXContents: Equatable {
    /// The track points, over all tracks and segments, in the order of the file.
    private(set) var track: [RawFix] = []
    /// The route points likewise, while there is no track point.
    private(set) var route: [RawFix] = []
    private(set) var waypoints = 0

    /// Adds `point`, which is complete.
    @inline(__always)
    mutating func add(_ point: GPXPoint) {
        switch point.kind {
        case .track:
            track.append(point.fix)
            if track.count == 1 { route = [] }
        case .route: if track.isEmpty { route.append(point.fix) }
        case .waypoint: waypoints += 1
        }
    }

    /// Makes room for all track points at once, as many of which are expected as there are now in the part of the file
    /// that has been read: to grow bit by bit would take twice the memory, and a third of the time.
    mutating func reserve(share: Double, atMost limit: Int) {
        track.reserveCapacity(min(limit, Int(Double(track.count) / max(share, 1e-6) * 1.05)))
    }

    /// Why there is no trace in it.
    struct Refusal: Error, Equatable {
        var code: String
        var reason: String
        var remedy: String
    }

    /// The trace, which has a time somewhere.
    var trace: RawTrace {
        get throws(Refusal) {
            if track.contains(where: { $0.time != nil }) { return RawTrace(fixes: track) }
            guard track.isEmpty else {
                throw Refusal(
                    code: "gpx.no_times", reason: "none of the \(track.count) track points has a time",
                    remedy: "export the track with times; without them no photo can be placed on it")
            }
            if route.contains(where: { $0.time != nil }) {
                return RawTrace(
                    fixes: route, remarks: ["no track; the points of its routes, with their times, instead"])
            }
            let remedy =
                "export the track itself, or leave the file out if the photos carry their own positions"
            guard route.isEmpty else {
                throw Refusal(
                    code: "gpx.route_without_times",
                    reason:
                        "no track points (trkpt), and none of the \(route.count) route points has a time: a route says where to go, not where and when somebody was",
                    remedy: remedy)
            }
            guard waypoints == 0 else {
                throw Refusal(
                    code: "gpx.only_waypoints",
                    reason:
                        "no track points (trkpt), only \(waypoints) waypoints, which are places and no trace",
                    remedy: remedy)
            }
            throw Refusal(code: "gpx.no_points", reason: "no track points (trkpt)", remedy: remedy)
        }
    }
}
