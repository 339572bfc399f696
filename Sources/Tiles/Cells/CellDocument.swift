import Canonical
import Geo

/// A file of the geohash-tiled data set: the cells inside one geohash of five characters, a JSON object a line.
public enum CellDocument {
    /// Characters of the geohash that names a file.
    public static let namePrecision = 5

    /// The longest line: the keys, a cell of ten characters, two days, five numbers of at most 20 digits and one of five.
    private static let maxLine = 300
    /// More than most lines have.
    private static let usualLine = 176

    /// The file's text: lines by ascending cell, each as RFC 8785 writes it.
    public static func bytes(_ tallies: [CellTally]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(tallies.count * usualLine + maxLine)
        var days = DayTexts(from: tallies.reduce(.max) { min($0, $1.firstDay) })
        for tally in tallies {
            let (first, last) = (days[tally.firstDay], days[tally.lastDay])
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

/// Days written out, each once.
private struct DayTexts {
    private let first: Int32
    private var indexes = NumberIndex()
    private var texts: [[UInt8]] = []

    /// Texts of the days from `first` on.
    init(from first: Int32) {
        self.first = first
    }

    subscript(day: Int32) -> [UInt8] {
        mutating get {
            let number = UInt64(Int64(day) - Int64(first))
            if let index = indexes[number] { return texts[Int(index)] }
            indexes[number] = UInt32(texts.count)
            texts.append(Array(CalendarDay(number: Int64(day)).description.utf8))
            return texts[texts.count - 1]
        }
    }
}
