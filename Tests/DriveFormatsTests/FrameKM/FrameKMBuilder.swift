/// Makes FrameKM pairs.
struct FrameKMBuilder {
    var name = "km_20240510_021044_3_0"
    var version = #""1.9""#
    var device: String? = "cam1"
    /// Members of each frame, as JSON.
    var frames: [String] = (0..<3).map { frame(bytes: 10 + $0, time: 1_715_307_044_000 + $0 * 250) }
    /// The bytes of the blob; 10, 11 and 12 by default.
    var blobSize = 33
    var size: Int? = 33
    var numFrames: Int? = 3

    static func frame(bytes: Int, time: Int) -> String {
        #""bytes":\#(bytes),"lat":37.5,"lon":-122.25,"alt":-72,"hdop":"1.82","speed":36,"t":\#(time),"eph":7.5"#
    }

    var metadata: [UInt8] {
        var bundle = [#""name":"\#(name)""#, #""version":\#(version)"#]
        if let size { bundle.append(#""size":\#(size)"#) }
        if let numFrames { bundle.append(#""numFrames":\#(numFrames)"#) }
        if let device { bundle.append(#""deviceId":"\#(device)""#) }
        let list = frames.map { "{\($0)}" }.joined(separator: ",")
        return text(#"{"bundle":{\#(bundle.joined(separator: ","))},"frames":[\#(list)]}"#)
    }

    var blob: [UInt8] {
        // Markers inside, where a reader that splits at them would go wrong.
        (0..<blobSize).map { [0xFF, 0xD8, 0xFF, 0xD9, 7][$0 % 5] }
    }

    var pair: [(path: String, bytes: [UInt8])] {
        [("metadata/\(name).json", metadata), ("framekm/\(name)", blob)]
    }
    var flat: [(path: String, bytes: [UInt8])] { [("\(name).json", metadata), (name, blob)] }
}
