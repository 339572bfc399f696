import Canonical

/// Collects bytes and hands them on in pieces, so that a file is never in memory as a whole.
struct ByteSink<Failure: Error> {
    private(set) var bytes: [UInt8] = []
    private let limit = 1 << 18
    private let consume: ([UInt8]) throws(Failure) -> Void

    /// A sink that hands pieces to `consume`.
    init(_ consume: @escaping ([UInt8]) throws(Failure) -> Void) {
        self.consume = consume
        bytes.reserveCapacity(limit + 1 << 14)
    }

    /// Appends the UTF-8 form of `text`.
    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends `piece`.
    mutating func append(_ piece: ArraySlice<UInt8>) { bytes.append(contentsOf: piece) }

    /// Appends `text` as a JSON string.
    mutating func append(quoted text: String) { bytes.append(contentsOf: CanonicalJSON.string(text).bytes) }

    /// Appends `hash` as a JSON string.
    mutating func append(_ hash: ClaimHash) {
        hash.appendQuoted(to: &bytes)
    }

    /// Hands on what has been collected if that is much, or if there is no more to come.
    mutating func flush(isLast: Bool = false) throws(Failure) {
        guard bytes.count >= limit || isLast else { return }
        try consume(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
