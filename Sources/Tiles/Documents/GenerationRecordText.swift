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
                put("{\"bytes\":\(tile.bytes),\"sha256\":\"", &text)
                tile.contentHash.appendHex(to: &text)
                put("\",\"tile\":\"\(tile.tile.description)\"}", &text)
            }
            put("}", &text)
        }
        put(",\"cells\":", &text)
        list(cells, &text) { file, text in
            put("{\"bytes\":\(file.bytes),\"name\":\"\(file.name)\",\"sha256\":\"", &text)
            file.contentHash.appendHex(to: &text)
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
