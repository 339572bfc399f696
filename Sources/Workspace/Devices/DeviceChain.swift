import Canonical
import DriveFormats
import Store

/// What can be wrong between the bundles of one key, which name one another by number and hash.
public enum ChainFault: String, Sendable, CaseIterable {
    /// The same statement was received before, in another upload.
    case replayed = "bundle.replayed"
    /// Another statement with the same number was received before.
    case forked = "bundle.forked"
    /// The one with the number before is not the one it names, or is not named by the one with the next number.
    case outOfOrder = "bundle.out_of_order"
    /// Nothing with the number before was received, so far.
    case gap = "bundle.gap"
}

/// The bundles of one key.
public enum DeviceChain {
    /// A link and what is wrong with it.
    public struct Finding: Sendable, Equatable {
        /// The link.
        public let link: ChainLink
        /// What is wrong.
        public let fault: ChainFault
        /// The link received before that it does not go with; nil for a gap.
        public let other: ChainLink?
    }

    /// What is wrong with `link` beside `others`, as far as they were received no later: the first of them that it does
    /// not go with. A gap is nothing wrong here, as what is missing may still come.
    static func conflict(of link: ChainLink, beside others: [ChainLink]) -> Finding? {
        for other in others.sorted(by: precedes)
        where other.upload != link.upload && other.receivedAt <= link.receivedAt {
            if let fault = fault(link.signed, beside: other.signed) {
                return Finding(link: link, fault: fault, other: other)
            }
        }
        return nil
    }

    /// What is wrong with the signed bundle `entry` beside those of the same key that are in the catalog.
    static func conflict(of entry: UploadEntry, in catalog: Catalog) throws -> Finding? {
        guard let signed = entry.signed else { return nil }
        let link = ChainLink(
            upload: entry.name, contributor: entry.contributor, receivedAt: entry.receivedAt, signed: signed)
        let near = max(1, link.sequence - 1)...link.sequence + 1
        let others = try catalog.chain(of: signed.signer.key, numbers: near)
        // Delivered again, it is no other bundle than it was.
        if others.contains(where: { $0.upload == link.upload }) { return nil }
        return conflict(of: link, beside: others)
    }

    /// What is wrong in the whole `chain` of one key, by number: a function of what was received, in whatever order
    /// it was read.
    public static func findings(_ chain: [ChainLink]) -> [Finding] {
        let byNumber = Dictionary(grouping: chain, by: \.signed.signer.sequence)
        return chain.compactMap { link in
            let number = link.signed.signer.sequence
            let near = [number - 1, number, number + 1].flatMap { byNumber[$0] ?? [] }
            let earlier = near.filter { precedes($0, link) }
            if let finding = conflict(of: link, beside: earlier) { return finding }
            let isMissing = number > 1 && byNumber[number - 1] == nil
            return isMissing ? Finding(link: link, fault: .gap, other: nil) : nil
        }
    }

    /// The order of receipt; by name where two were received at once.
    private static func precedes(_ left: ChainLink, _ right: ChainLink) -> Bool {
        (left.receivedAt, left.upload) < (right.receivedAt, right.upload)
    }

    private static func fault(_ later: SignedStatement, beside earlier: SignedStatement) -> ChainFault? {
        let (number, before) = (later.signer.sequence, earlier.signer.sequence)
        if number == before { return later.hash == earlier.hash ? .replayed : .forked }
        let isFollower = number - 1 == before && later.signer.previous != earlier.hash
        let isPredecessor = number + 1 == before && earlier.signer.previous != later.hash
        return isFollower || isPredecessor ? .outOfOrder : nil
    }
}

extension DeviceChain.Finding {
    /// The reason for which the upload goes to quarantine.
    var error: FormatError {
        let signer = link.signed.signer
        let before = other.map { "upload \($0.upload), received at \($0.receivedAt)" } ?? "nothing"
        let (reason, remedy) =
            switch fault {
            case .replayed:
                (
                    "number \(signer.sequence) of this key is in already, the very same statement, as \(before)",
                    "nothing is to be done; it counts once"
                )
            case .forked:
                (
                    "number \(signer.sequence) of this key is in already with another statement, as \(before)",
                    "find out who else signs with the key; revoke it, and register a new one"
                )
            case .outOfOrder:
                (
                    "it does not follow, or is not followed by, what is in already as \(before)",
                    "sign the bundle again behind the one that is in, or register a new key"
                )
            case .gap:
                ("number \(signer.sequence - 1) of this key was not received", "deliver what is missing")
            }
        return FormatError(
            code: fault.rawValue, place: "\(BundleStatement.fileName), $.signer", reason: reason,
            remedy: remedy)
    }
}
