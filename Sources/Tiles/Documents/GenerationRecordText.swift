import Canonical
import Geo

extension GenerationRecord.Content {
    /// The member `content`, whose hash names the generation, as RFC 8785 writes it.
    ///
    /// Written straight into bytes: a map has tens of thousands of tiles, and every build writes them all.
    var text: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(archives.reduce(4096) { $0 + $1.tiles.count * 128 } + cells.count * 128)
        put("{\"archives\":", &text)
        list(archives, &text) { archive, text in
            put("{\"name\":", &text)
            text += CanonicalJSON.string(archive.name).bytes
            put(",\"tiles\":", &text)
            list(archive.tiles, &text) { tile, text in
                text.append(addingCapacity: Self.maxTile) { (output: inout OutputSpan<UInt8>) in
                    output.append("{\"bytes\":")
                    output.append(decimal: tile.bytes)
                    output.append(",\"sha256\":\"")
                    tile.contentHash.appendHex(to: &output)
                    output.append("\",\"tile\":\"")
                    output.append(decimal: UInt64(tile.tile.zoom))
                    output.append("/")
                    output.append(decimal: UInt64(tile.tile.column))
                    output.append("/")
                    output.append(decimal: UInt64(tile.tile.row))
                    output.append("\"}")
                }
            }
            put("}", &text)
        }
        put(",\"cells\":", &text)
        list(cells, &text) { file, text in
            put("{\"bytes\":\(file.bytes),\"name\":\"\(file.name)\",\"sha256\":\"", &text)
            text.append(addingCapacity: 64) { (output: inout OutputSpan<UInt8>) in
                file.contentHash.appendHex(to: &output)
            }
            put("\"}", &text)
        }
        put(",\"frames\":", &text)
        list(Array(zip(zooms, frames)), &text) { zoom, text in
            put("{\"n\":\(zoom.1),\"z\":\(zoom.0)}", &text)
        }
        put(",\"frames_beyond_edge\":\(framesBeyondEdge),\"layers\":", &text)
        text += CanonicalJSON.array(layers.map { .string($0) }).bytes
        put(",\"maxzoom\":\(zooms.upperBound),\"minzoom\":\(zooms.lowerBound)}", &text)
        return text
    }

    /// The longest text of a tile: the keys, 64 digits, a count and a tile's name.
    private static let maxTile = 36 + 64 + 20 + 25

    private func put(_ more: String, _ text: inout [UInt8]) { text.append(contentsOf: more.utf8) }

    private func list<Element>(
        _ elements: [Element], _ text: inout [UInt8], _ one: (Element, inout [UInt8]) -> Void
    ) {
        text.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            one(element, &text)
        }
        text.append(UInt8(ascii: "]"))
    }
}
