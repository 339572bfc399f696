import Canonical
import Geo

/// A file of the geohash-tiled data set: the cells inside one geohash of five characters, a JSON object a line.
public enum CellDocument {
    /// Characters of the geohash that names a file.
    public static let namePrecision = 5

    /// The longest line: the keys, a cell of ten characters, two days, five numbers of at most 20 digits and one of five.
    private static let maxLine = 300

    /// The file's text: lines by ascending cell, each as RFC 8785 writes it.
    public static func bytes(_ tallies: [CellTally]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(tallies.count * 150 + maxLine)
        var days: [Int32: [UInt8]] = [:]
        for tally in tallies {
            for day in [tally.firstDay, tally.lastDay] where days[day] == nil {
                days[day] = Array(CalendarDay(number: Int64(day)).description.utf8)
            }
            let (first, last) = (days[tally.firstDay] ?? [], days[tally.lastDay] ?? [])
            text.append(addingCapacity: maxLine) { (line: inout OutputSpan<UInt8>) in
                line.append("{\"cell\":\"")
                line.append(tally.cell)
                line.append("\",\"contributors\":")
                line.append(decimal: tally.contributors)
                line.append(",\"drives\":")
                line.append(decimal: tally.drives)
                line.append(",\"first_day\":\"")
                line.append(first)
                line.append("\",\"frames\":")
                line.append(decimal: tally.frames)
                line.append(",\"last_day\":\"")
                line.append(last)
                line.append("\",\"passes\":")
                line.append(decimal: tally.passes)
                line.append(",\"quality\":")
                line.append(decimal: tally.meanQuality)
                line.append(",\"quality_best\":")
                line.append(decimal: UInt64(tally.bestQuality))
                line.append("}\n")
            }
        }
        return text
    }
}
