import CZlib
import Testing

/// Reads palette PNGs with zlib and nothing of ours: the second opinion on what SquaresPNG writes.
struct PNGReader {
    let width: Int
    let height: Int
    let depth: Int
    /// Red, green and blue of every entry.
    let palette: [[UInt8]]
    /// Alpha of the first entries.
    let alphas: [UInt8]
    /// Types of the chunks in the order of the file.
    let chunks: [String]
    /// The palette entry of every pixel.
    let places: [UInt8]

    init(_ file: [UInt8]) throws {
        #expect(file.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
        var (parts, types, position): ([String: [UInt8]], [String], Int) = ([:], [], 8)
        while position < file.count {
            let length = Self.number(file, position)
            let covered = Array(file[position + 4..<position + 8 + length])
            #expect(Int(crc32(0, covered, UInt32(covered.count))) == Self.number(file, position + 8 + length))
            types.append(String(decoding: covered.prefix(4), as: UTF8.self))
            parts[types.last ?? ""] = Array(covered.dropFirst(4))
            position += 12 + length
        }
        chunks = types
        let header = try #require(parts["IHDR"])
        (width, height, depth) = (Self.number(header, 0), Self.number(header, 4), Int(header[8]))
        #expect(header.dropFirst(9) == [3, 0, 0, 0])
        let colours = try #require(parts["PLTE"])
        palette = stride(from: 0, to: colours.count, by: 3).map { Array(colours[$0..<$0 + 3]) }
        alphas = parts["tRNS"] ?? []
        let line = 1 + (width * depth + 7) / 8
        var raw = [UInt8](repeating: 0, count: line * height + 1)
        let data = try #require(parts["IDAT"])
        var count = UInt(raw.count)
        // uncompress checks the Adler-32 too.
        #expect(uncompress(&raw, &count, data, UInt(data.count)) == Z_OK)
        #expect(Int(count) == line * height)
        var places: [UInt8] = []
        for y in 0..<height {
            #expect(raw[y * line] == 0)
            for x in 0..<width {
                let byte = raw[y * line + 1 + x * depth / 8]
                places.append(byte >> UInt8(8 - depth - x * depth % 8) & UInt8(1 << depth - 1))
            }
        }
        self.places = places
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
