import Imaging

/// A camera's folder of photos with EXIF blocks.
struct PhotoFolder: Sendable {
    var make: String
    var model: String
    var bigEndian: Bool
    /// Hours by which the camera's clock is ahead of UTC.
    var offsetHours: Int64
    /// Whether the camera knows where it is; if so, on every third photo also where it looks.
    var hasReceiver: Bool
    /// Parts of the names, around a four-digit number.
    var prefix: String
    var suffix: String
    var quality: Int

    /// Frames as photos numbered from `first`.
    func files(_ frames: [FilmedFrame], first: Int) throws(ImageError) -> (
        files: [OutputFile], expected: [Expectation]
    ) {
        var files: [OutputFile] = []
        var expected: [Expectation] = []
        for (index, frame) in frames.enumerated() {
            let number = String(first + index)
            let name = prefix + String(repeating: "0", count: max(0, 4 - number.count)) + number + suffix
            let looks = hasReceiver && index % 3 == 0 ? frame.moment.heading : nil
            let block = ExifBlock(
                make: make, model: model, bigEndian: bigEndian, time: frame.reported.time,
                offsetHours: offsetHours,
                position: hasReceiver && frame.fault != .withoutPosition ? frame.reported.position : nil,
                direction: looks)
            files.append(OutputFile(name, try frame.jpeg(quality: quality, exif: block.payload)))
            expected.append(Expectation(name: name, fault: frame.fault))
        }
        return (files, expected)
    }
}
