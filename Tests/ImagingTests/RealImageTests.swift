import Glibc
import Imaging
import Testing

/// Real frames and foreign fuzzing corpora, where there are any: set WAGGLE_SHARED_DATA to their folder.
@Suite(.enabled(if: SharedData.root != nil)) struct RealImageTests {
    @Test func acceptsEveryDashcamFrame() throws {
        let frames = SharedData.files("drives/bee-sf").filter { $0.hasSuffix(".jpg") }
        var previous: (DHash, PDQHash)?
        for frame in frames {
            let image = try ImageDecoder.decode(SharedData.bytes(frame))
            #expect([image.width, image.height] == [2028, 1024])
            #expect([image.plane.width, image.plane.height] == [507, 256])
            let hashes = (DHash(image.plane), PDQHash(image.plane))
            if let previous {
                // Frames 8 m apart are not duplicates of each other. The difference hash alone could not
                // tell: the nearest neighbours of these 70 differ in 5 bits.
                #expect(hashes.0.distance(to: previous.0) >= 5)
                #expect(hashes.1.distance(to: previous.1) > 31)
            }
            previous = hashes
            let statistics = ImageStatistics(image.plane, levels: .sample)
            #expect(statistics.sharpnessPermille > 50 && statistics.flatCellsPermille < 300)
        }
        #expect(frames.count == 70)
    }

    /// PngSuite: files whose names start with x are broken on purpose, all others are valid.
    @Test func tellsPngSuiteApart() {
        for path in SharedData.files("hostile/pngsuite/png") {
            let name = path.split(separator: "/").last ?? ""
            let decoded = (try? ImageDecoder.decode(SharedData.bytes(path))) != nil
            #expect(decoded == !name.hasPrefix("x"), "\(name)")
        }
    }

    @Test(arguments: ["hostile/jpeg", "hostile/png", "photos/gps", "photos/tests", "photos/invalid"])
    func survives(folder: String) {
        for path in SharedData.files(folder) {
            do throws(ImageError) {
                let image = try ImageDecoder.decode(SharedData.bytes(path))
                _ = (DHash(image.plane), PDQHash(image.plane), ImageStatistics(image.plane, levels: .sample))
            } catch {
                #expect(!error.message.isEmpty, "\(path)")
            }
        }
    }
}

/// The folder of real data, read without Foundation.
enum SharedData {
    static var root: String? {
        guard let value = getenv("WAGGLE_SHARED_DATA") else { return nil }
        let path = String(cString: value)
        return access(path, R_OK) == 0 ? path : nil
    }

    static func files(_ folder: String) -> [String] {
        guard let root, let directory = opendir("\(root)/\(folder)") else { return [] }
        defer { closedir(directory) }
        var paths: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { paths.append("\(root)/\(folder)/\(name)") }
        }
        return paths.sorted()
    }

    static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[0..<count]
        }
        return bytes
    }
}
