/// Made traces, one fix a second.
enum MadeTrace {
    /// A track as phones and sport watches write it; without its end where `isOpen`.
    static func gpx(points: Int, isOpen: Bool = false) -> [UInt8] {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>

            """
        for number in 0..<points {
            let time = "2026-03-0\(number / 86_400 % 9 + 1)T\(clock(number, ":"))Z"
            text += """
                  <trkpt lat="48.\(1_000_000 + number * 71)" lon="11.\(2_000_000 + number * 37)">
                    <ele>\(500 + number % 90).\(number % 10)</ele>
                    <time>\(time)</time>
                    <hdop>0.\(10 + number % 89)</hdop><sat>\(8 + number % 9)</sat>
                    <extensions><gpxtpx:TrackPointExtension>
                      <gpxtpx:speed>\(number % 30).\(number % 100 + 100)</gpxtpx:speed><gpxtpx:course>\(number % 360).5</gpxtpx:course>
                    </gpxtpx:TrackPointExtension></extensions>
                  </trkpt>

                """
        }
        return Array(text.utf8) + (isOpen ? [] : gpxEnd)
    }

    /// What ends a track and its file.
    static let gpxEnd = Array("</trkseg></trk></gpx>\n".utf8)

    /// Points that are none of a track.
    static let waypoints = (0..<1000).flatMap { number in
        Array("<wpt lat=\"48.\(number)\" lon=\"11.\(number)\"><name>place \(number)</name></wpt>\n".utf8)
    }

    /// Sentences that tell no position.
    static let satellites = (0..<1000).flatMap { number in
        var log: [UInt8] = []
        append("GPGSV,3,1,12,24,58,220,31,26,17,053,22,29,20,063,,30,60,\(number),44", to: &log)
        return log
    }

    /// A log of the sentences that a receiver of four systems writes by default.
    static func nmea(epochs: Int) -> [UInt8] {
        var log: [UInt8] = []
        for number in 0..<epochs {
            let time = clock(number, "") + ".00"
            let position = "4806.\(10_000 + number),N,01134.\(20_000 + number),E"
            append("GNRMC,\(time),A,\(position),\(number % 30).123,\(number % 360).50,020326,,,A", to: &log)
            append("GNVTG,\(number % 360).50,T,,M,\(number % 30).123,N,9.4,K,A", to: &log)
            append("GNGGA,\(time),\(position),1,12,0.91,520.2,M,46.3,M,,", to: &log)
            append("GNGSA,A,3,01,11,31,14,22,32,04,25,03,,,,1.56,0.91,1.27", to: &log)
            append("GNGSA,A,3,67,83,76,82,68,,,,,,,,1.56,0.91,1.27", to: &log)
            for part in 1...3 {
                append("GPGSV,3,\(part),12,24,58,220,31,26,17,053,22,29,20,063,,30,60,311,44", to: &log)
            }
            append("GLGSV,1,1,04,66,37,078,27,67,62,349,26,68,20,296,25,75,04,018,", to: &log)
            append("GNGLL,\(position),\(time),A,A", to: &log)
        }
        return log
    }

    private static func append(_ body: String, to log: inout [UInt8]) {
        let sum = body.utf8.reduce(0 as UInt8, ^)
        log += Array(
            "$\(body)*\(String(sum >> 4, radix: 16, uppercase: true))\(String(sum & 15, radix: 16))\r\n".utf8)
    }

    /// The second `number` of a day as `hhmmss` with separators.
    private static func clock(_ number: Int, _ separator: String) -> String {
        [number / 3600 % 24, number / 60 % 60, number % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
    }
}
