import Glibc
import Imaging
import Store

/// Photos with the metadata that dashcams and phones write: camera, time with its fraction and zone, position, direction.
enum MadePhotos {
    /// Makes `folder` with `count` photos, unless it is there.
    static func make(_ folder: String, count: Int) throws {
        if DirectoryListing.exists(folder) { return }
        let temporary = folder + ".making"
        if DirectoryListing.exists(temporary) { try DirectoryListing.removeTree(temporary) }
        try DurableWrite.directory(temporary)
        let pixels = (0..<640 * 360 * 3).map { UInt8(truncatingIfNeeded: $0 / 7 ^ $0 / 640) }
        let image = try JPEGEncoder.encode(rgb: pixels, width: 640, height: 360, quality: 85)
        for number in 0..<count {
            let block = Array("Exif\0\0".utf8) + tiff(number)
            let header: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1] + bigEndian(block.count + 2)
            let bytes = header + block + image.dropFirst(2)
            let path = "\(temporary)/\(100_000 + number).jpg"
            guard let file = fopen(path, "w") else { throw BenchmarkError("cannot write \(path)") }
            defer { fclose(file) }
            guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
                throw BenchmarkError("cannot write \(path)")
            }
        }
        guard rename(temporary, folder) == 0 else { throw BenchmarkError("cannot make \(folder)") }
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value)]
    }

    /// The TIFF structure (CIPA DC-008, 4.5) of photo `number`.
    private static func tiff(_ number: Int) -> [UInt8] {
        let (minute, second) = (number / 60 % 60, number % 60)
        let clock = "10:\(two(minute)):\(two(second))"
        let camera = TIFFDirectory(
            at: 8, pointers: [0x8769, 0x8825],
            [
                (0x10F, .text("Waggle")), (0x110, .text("Bench 1")),
            ])
        let exif = TIFFDirectory(
            at: camera.end,
            [
                (0x9003, .text("2026:03:02 \(clock)")), (0x9011, .text("+01:00")), (0x9291, .text("250")),
            ])
        let gps = TIFFDirectory(
            at: exif.end,
            [
                (1, .text("N")), (2, .ratios([(48, 1), (6, 1), (10_000 + number, 1000)])), (3, .text("E")),
                (4, .ratios([(11, 1), (34, 1), (20_000 + number, 1000)])),
                (7, .ratios([(9, 1), (minute, 1), (second, 1)])), (17, .ratios([(number % 360, 1)])),
                (29, .text("2026:03:02")),
            ])
        return Array("MM".utf8) + bigEndian(42) + [0, 0, 0, 8]
            + camera.bytes(pointersTo: [camera.end, exif.end]) + exif.bytes() + gps.bytes()
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

/// One directory of a TIFF structure, big-endian, with what its entries point to right behind it.
private struct TIFFDirectory {
    enum Value {
        case text(String)
        case ratios([(Int, Int)])
    }

    let end: Int
    private let start: Int
    private let pointers: [Int]
    private let entries: [(tag: Int, value: Value)]

    init(at start: Int, pointers: [Int] = [], _ entries: [(Int, Value)]) {
        self.start = start
        self.pointers = pointers
        self.entries = entries
        let data = entries.reduce(0) { $0 + Self.data($1.1).count }
        end = start + 2 + 12 * (entries.count + pointers.count) + 4 + data
    }

    func bytes(pointersTo targets: [Int] = []) -> [UInt8] {
        let count = entries.count + pointers.count
        var directory = Self.big(count, 2)
        var data: [UInt8] = []
        for (tag, value) in entries {
            let content = Self.data(value)
            switch value {
            case .text(let text):
                directory += Self.big(tag, 2) + Self.big(2, 2) + Self.big(text.utf8.count + 1, 4)
            case .ratios(let ratios):
                directory += Self.big(tag, 2) + Self.big(5, 2) + Self.big(ratios.count, 4)
            }
            if content.isEmpty, case .text(let text) = value {
                directory += Array(text.utf8) + [UInt8](repeating: 0, count: 4 - text.utf8.count)
            } else {
                directory += Self.big(start + 2 + 12 * count + 4 + data.count, 4)
            }
            data += content
        }
        for (tag, target) in zip(pointers, targets) {
            directory += Self.big(tag, 2) + Self.big(4, 2) + Self.big(1, 4) + Self.big(target, 4)
        }
        return directory + [0, 0, 0, 0] + data
    }

    /// What does not fit into the entry itself.
    private static func data(_ value: Value) -> [UInt8] {
        switch value {
        case .text(let text): text.utf8.count < 4 ? [] : Array(text.utf8) + [0]
        case .ratios(let ratios): ratios.flatMap { big($0.0, 4) + big($0.1, 4) }
        }
    }

    private static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
