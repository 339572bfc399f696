import Canonical

/// The published files of one epoch, from wherever they come.
public struct PublishedEpoch {
    /// The bytes of `manifest.json`; none where it is not there.
    public let manifest: [UInt8]
    /// Whether `manifest.json` is there.
    public let hasManifest: Bool
    private let openFile: (EpochFile) throws -> LineReader?

    /// An epoch whose files `open` opens; both give nil for one that is not there.
    public init(manifest: [UInt8]?, open: @escaping (EpochFile) throws -> LineReader?) {
        self.manifest = manifest ?? []
        hasManifest = manifest != nil
        openFile = open
    }

    /// The lines of `file`; nil where it is not there.
    func open(_ file: EpochFile) throws -> LineReader? { try openFile(file) }
}
