import Canonical

/// A GPX 1.1 file with one fix each second.
enum GPXTrace {
    /// The trace of `motion` from `seconds.lowerBound` to `seconds.upperBound` after its start; fixes in
    /// `gap` are missing.
    static func file(
        _ name: String, motion: Motion, seconds: ClosedRange<Int>, gap: Range<Int>, receiver: Receiver
    ) -> OutputFile {
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<gpx version="1.1" creator="make-sample-drives" xmlns="http://www.topografix.com/GPX/1/1">"#,
            "  <trk>", "    <name>Sample drive</name>", "    <trkseg>",
        ]
        for second in seconds where !gap.contains(second) {
            let moment = motion.moment(after: Double(second))
            let position = Position(receiver.place(at: moment))
            lines.append(#"      <trkpt lat="\#(position.latitude)" lon="\#(position.longitude)">"#)
            lines.append("        <ele>512.3</ele><time>\(moment.time)</time>")
            lines.append("      </trkpt>")
        }
        lines += ["    </trkseg>", "  </trk>", "</gpx>", ""]
        return OutputFile(name, Array(lines.joined(separator: "\n").utf8))
    }
}
