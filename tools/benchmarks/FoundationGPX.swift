import Foundation
import FoundationXML

/// GPX by Foundation's XMLParser, written as a program without a reader of its own would: it takes the same values.
final class FoundationGPX: NSObject, XMLParserDelegate {
    private(set) var points = 0
    private(set) var latitudes = 0.0
    private(set) var speeds = 0.0
    private var longitudes = 0.0
    private var others = 0.0
    private var times = 0
    private var text = ""

    /// Reads `gpx`.
    static func read(_ gpx: [UInt8]) -> FoundationGPX {
        let reader = FoundationGPX()
        let parser = XMLParser(data: Data(gpx))
        parser.delegate = reader
        if !parser.parse() { reader.points = 0 }
        return reader
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        text = ""
        guard name == "trkpt" else { return }
        points += 1
        latitudes += attributes["lat"].flatMap { Double($0) } ?? 0
        longitudes += attributes["lon"].flatMap { Double($0) } ?? 0
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        switch name {
        case "gpxtpx:speed": speeds += Double(text) ?? 0
        case "gpxtpx:course", "hdop", "sat": others += Double(text) ?? 0
        // Not even made into a time, which Foundation would take longer for than for all the rest.
        case "time": times += text.utf8.count
        default: break
        }
    }
}
