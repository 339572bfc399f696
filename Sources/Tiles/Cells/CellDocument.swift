import Canonical
import Geo

/// A file of the geohash-tiled data set: the cells inside one geohash of five characters, a JSON object a line.
public enum CellDocument {
    /// Characters of the geohash that names a file.
    public static let namePrecision = 5

    /// The file's text: lines by ascending cell, each as RFC 8785 writes it.
    public static func bytes(_ tallies: [CellTally]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(tallies.count * 150)
        var days: [Int32: [UInt8]] = [:]
        func put(_ literal: StaticString) {
            text.append(
                contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        }
        func put(_ number: UInt64) {
            // Most counts are small, and every line has five.
            if number < 10 { return text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number)) }
            var power: UInt64 = 10
            while number / power >= 10 { power *= 10 }
            while power > 0 {
                text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
                power /= 10
            }
        }
        func put(day: Int32) {
            if days[day] == nil { days[day] = Array(CalendarDay(number: Int64(day)).description.utf8) }
            text.append(contentsOf: days[day] ?? [])
        }
        for tally in tallies {
            put("{\"cell\":\"")
            tally.cell.appendText(to: &text)
            put("\",\"contributors\":")
            put(tally.contributors)
            put(",\"drives\":")
            put(tally.drives)
            put(",\"first_day\":\"")
            put(day: tally.firstDay)
            put("\",\"frames\":")
            put(tally.frames)
            put(",\"last_day\":\"")
            put(day: tally.lastDay)
            put("\",\"passes\":")
            put(tally.passes)
            put(",\"quality\":")
            put(tally.meanQuality)
            put(",\"quality_best\":")
            put(UInt64(tally.bestQuality))
            put("}\n")
        }
        return text
    }
}
