import Canonical

/// A small drive in the sidecar format, as a test wants it.
package struct TestUpload: Sendable {
    /// One frame of it.
    package struct Frame: Sendable {
        package var picture: UInt64
        package var quality = 90
        package var contrast = 100
        /// Milliseconds since 1970.
        package var time: Int64
        package var latitude: Double
        package var longitude: Double
        /// Refused, whatever the picture.
        package var isBlank = false

        package init(
            _ picture: UInt64, at time: Int64, _ latitude: Double, _ longitude: Double, quality: Int = 90,
            isBlank: Bool = false
        ) {
            self.picture = picture
            self.time = time
            self.latitude = latitude
            self.longitude = longitude
            self.quality = quality
            self.isBlank = isBlank
        }
    }

    package var contributor: String
    package var name: String
    package var receivedAt: UTCTime
    package var frames: [Frame]

    package init(_ contributor: String, _ name: String, received: UTCTime, _ frames: [Frame]) {
        self.contributor = contributor
        self.name = name
        receivedAt = received
        self.frames = frames
    }

    /// A drive of `count` frames to the north, ten metres and one second apart, showing the pictures from `picture` on.
    package static func drive(
        _ contributor: String, _ name: String, pictures picture: UInt64, count: Int, captured: UTCTime,
        received: UTCTime, latitude: Double = 48.2, longitude: Double = 11.04
    ) -> TestUpload {
        let frames = (0..<count).map { number in
            Frame(
                picture + UInt64(number), at: captured.milliseconds + Int64(number) * 1000,
                latitude + Double(number) * 0.0001, longitude)
        }
        return TestUpload(contributor, name, received: received, frames)
    }

    /// The files of the upload.
    package func files() throws -> [(name: String, bytes: [UInt8])] {
        var files: [(name: String, bytes: [UInt8])] = []
        for (number, frame) in frames.enumerated() {
            let stem = "frame-\(number < 10 ? "0" : "")\(number)"
            let image =
                try frame.isBlank
                ? TestPicture.blank()
                : TestPicture.jpeg(frame.picture, quality: frame.quality, contrast: frame.contrast)
            let sidecar = "{\"time\":\(frame.time),\"lat\":\(frame.latitude),\"lon\":\(frame.longitude)}"
            files.append(("\(stem).jpg", image))
            files.append(("\(stem).json", Array(sidecar.utf8)))
        }
        return files
    }

    /// Writes the upload into the folder `path`.
    package func write(to path: String) throws {
        for (name, bytes) in try files() { try Files.write(bytes, to: "\(path)/\(name)") }
    }

    /// Writes upload and receipt as they lie in an inbox.
    package func deliver(to inbox: String) throws {
        let path = "\(inbox)/\(contributor)/\(name)"
        try write(to: path)
        try Files.write(Array("{\"received_at\":\"\(receivedAt)\"}".utf8), to: "\(path).receipt.json")
    }
}

extension UTCTime {
    /// The time written as RFC 3339; a test that writes anything else is wrong.
    package static func at(_ text: String) -> UTCTime {
        guard let time = UTCTime(rfc3339: text) else { preconditionFailure("'\(text)' is no time") }
        return time
    }
}
