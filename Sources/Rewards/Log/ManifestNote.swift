import Canonical

/// The text that is signed for a manifest, and published as `manifest.note` beside it.
public struct ManifestNote: Sendable, Equatable {
    /// The epoch.
    public let epoch: Epoch
    /// The SHA-256 of `manifest.json`.
    public let sha256: ContentHash

    private static let firstLine = "waggle-manifest-note/1"

    /// The text for the manifest of `epoch` that has this SHA-256.
    public init(epoch: Epoch, sha256: ContentHash) {
        (self.epoch, self.sha256) = (epoch, sha256)
    }

    /// What `text`, the text of a note, says.
    public init(text: [UInt8]) throws(LogError) {
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard lines.count == 4, let epoch = Epoch(id: lines[1]), let hash = ContentHash(hex: lines[2]) else {
            throw LogError(.noteForm, "the text is not three lines: \(Self.firstLine), an epoch, a SHA-256")
        }
        self.init(epoch: epoch, sha256: hash)
        guard self.text == text else {
            throw LogError(.noteForm, "the first line is not '\(Self.firstLine)'", at: "line 1")
        }
    }

    /// The text.
    public var text: [UInt8] { Array("\(Self.firstLine)\n\(epoch.id)\n\(sha256.hex)\n".utf8) }
}
