import Canonical

/// The findings of one epoch.
struct FindingList {
    /// The epoch's id, or `manifest N` where it has none.
    var epoch: String
    private var listed: [ManifestFinding] = []
    private var more = 0

    /// Findings listed for one epoch; what is beyond is summed up in a last one.
    static let limit = 100

    /// How many there are, listed or not.
    var count: Int { listed.count + more }

    init(epoch: String) { self.epoch = epoch }

    /// What was found, with a last one for what is beyond the limit.
    var all: [ManifestFinding] {
        more == 0
            ? listed
            : listed + [
                ManifestFinding(
                    code: .moreFindings, epoch: epoch, detail: "\(more) findings more", expected: nil,
                    found: nil)
            ]
    }

    mutating func add(
        _ code: ManifestFinding.Code, _ detail: String, _ expected: String? = nil, _ found: String? = nil
    ) {
        guard listed.count < Self.limit else {
            more += 1
            return
        }
        listed.append(
            ManifestFinding(code: code, epoch: epoch, detail: detail, expected: expected, found: found))
    }

    /// Notes where the manifest `bytes` differs from the `expected` one.
    mutating func compare(manifest bytes: [UInt8], with expected: [UInt8]) {
        guard bytes != expected, let value = try? JSONReader.read(bytes, limits: Manifest.limits) else {
            return
        }
        if (try? CanonicalJSON(value))?.bytes != bytes {
            add(.manifestNotCanonical, "the bytes are not the canonical form of the document")
        }
        guard let expected = try? JSONReader.read(expected, limits: Manifest.limits) else { return }
        for difference in JSONDifference.all(found: value, expected: expected, limit: Self.limit + 1) {
            let key = difference.path.dropFirst(2).prefix { $0 != "." && $0 != "[" }
            add(.of(member: String(key)), difference.path, difference.expected, difference.found)
        }
    }
}
