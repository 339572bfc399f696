import Canonical
import Imaging

/// Images named `<ms>_<lat>_<lon>`, each with a JSON file of the same name beside it.
enum SidecarFolder {
    /// Frames, some written as PNG (those at `png`); bytes in `copies` are used as they are.
    static func files(
        _ frames: [FilmedFrame], quality: Int, png: Set<Int> = [], copies: [Int: [UInt8]] = [:]
    ) throws(ImageError) -> (files: [OutputFile], expected: [Expectation]) {
        var files: [OutputFile] = []
        var expected: [Expectation] = []
        for (index, frame) in frames.enumerated() {
            let (time, position) = frame.reported
            let stem = "\(time.milliseconds)_\(position.latitude)_\(position.longitude)"
            let name = stem + (png.contains(index) ? ".png" : ".jpg")
            let image: [UInt8]
            if let copy = copies[index] {
                image = copy
            } else {
                image = png.contains(index) ? try frame.png() : try frame.jpeg(quality: quality)
            }
            files.append(OutputFile(name, image))
            let sidecar = OrderedJSON.object([
                "time": .integer(time.milliseconds), "gnss_time": .integer(time.milliseconds),
                "lat": .exact(position.latitude), "lon": .exact(position.longitude),
                "img_id": .integer(Int64(index)),
            ])
            files.append(OutputFile(stem + ".json", sidecar.bytes))
            expected.append(Expectation(name: name, fault: frame.fault))
        }
        return (files, expected)
    }
}
