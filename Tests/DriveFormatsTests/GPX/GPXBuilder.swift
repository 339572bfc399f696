/// Makes GPX texts.
enum GPXBuilder {
    /// A track of `points`, each the text between `<trkpt` and its end tag.
    static func text(_ points: [String], head: String = #"<?xml version="1.0" encoding="UTF-8"?>"#) -> [UInt8]
    {
        let list = points.map { "<trkpt \($0)</trkpt>" }.joined()
        return Array((head + "<gpx version=\"1.1\"><trk><trkseg>" + list + "</trkseg></trk></gpx>").utf8)
    }

    /// A point at `lat`, `lon` with a time.
    static func point(lat: String = "45.5", lon: String = "9.25", time: String = "2025-01-01T00:00:00Z")
        -> String
    {
        #"lat="\#(lat)" lon="\#(lon)"><time>\#(time)</time>"#
    }
}
