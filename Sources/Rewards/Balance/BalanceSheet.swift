import Canonical
import Stages

/// What became of all frames of an epoch, by drive and by contributor.
public struct BalanceSheet: Sendable, Equatable {
    /// One drive's or contributor's line.
    public struct Line: Sendable, Equatable {
        /// The drive, or the contributor.
        public let account: String
        /// What became of its frames.
        public let balance: FrameBalance
    }

    private struct Drive: Equatable {
        let contributor: String
        var balance = FrameBalance()
    }

    private var byDrive: [ByteKey: Drive] = [:]

    /// No frames.
    public init() {}

    /// Counts `count` frames more of a drive.
    public mutating func add(
        _ count: Int64, drive: String, contributor: String, _ verdict: VerdictKind?, _ rule: Rule?
    ) {
        byDrive[ByteKey(drive), default: Drive(contributor: contributor)].balance.add(count, verdict, rule)
    }

    /// What became of all frames.
    public var total: FrameBalance { byDrive.values.reduce(into: FrameBalance()) { $0 += $1.balance } }

    /// The drives, by the bytes of their ids.
    public var drives: [Line] { Self.lines(byDrive.mapValues(\.balance)) }

    /// The contributors, by the bytes of their ids.
    public var contributors: [Line] {
        var sums: [ByteKey: FrameBalance] = [:]
        for drive in byDrive.values {
            sums[ByteKey(drive.contributor), default: FrameBalance()] += drive.balance
        }
        return Self.lines(sums)
    }

    private static func lines(_ balances: [ByteKey: FrameBalance]) -> [Line] {
        balances.map { Line(account: $0.key.text, balance: $0.value) }
            .sorted { $0.account.precedes($1.account) }
    }
}

/// Something in which two accounts of the same frames differ.
public struct BalanceFinding: Sendable, Equatable {
    /// A stable name: `balance.reasons`, `balance.catalog`, ...
    public let code: String
    /// The epoch's id; nil for frames that no epoch counts, and for all together.
    public let epoch: String?
    /// The drive or contributor; nil for all of the epoch.
    public let account: String?
    /// What was expected and what was found, in words.
    public let detail: String

    /// A finding.
    public init(_ code: String, epoch: String?, account: String?, _ detail: String) {
        self.code = "balance.\(code)"
        self.epoch = epoch
        self.account = account
        self.detail = detail
    }
}

extension BalanceSheet {
    /// The drives of which frames have no reason.
    public func unexplained(in epoch: String?) -> [BalanceFinding] {
        drives.filter { !$0.balance.addsUp }.map {
            BalanceFinding(
                "reasons", epoch: epoch, account: $0.account,
                "\($0.balance.verdicts.duplicate) duplicates and \($0.balance.verdicts.rejected) rejected frames have not as "
                    + "many reasons, or \($0.balance.unexplained) have no verdict")
        }
    }

    /// Where this sheet, what is published, says something else than `catalog` of the same epoch.
    public func differences(from catalog: BalanceSheet, in epoch: String) -> [BalanceFinding] {
        differences(drives, catalog.drives, "catalog", in: epoch) { $0 == $1 }
    }

    /// Where the published files sum these frames up to something else than they are.
    func differences(from claims: BalanceClaims, in epoch: String) -> [BalanceFinding] {
        var findings = differences(drives, claims.drives, "inputs", in: epoch) { $0.verdicts == $1.verdicts }
        findings += differences(contributors, claims.devices, "explain", in: epoch) { $0 == $1 }
        findings += differences(contributors, claims.awards, "awards", in: epoch) {
            $0.verdicts == $1.verdicts
        }
        if total != claims.manifest {
            findings.append(
                BalanceFinding(
                    "manifest", epoch: epoch, account: nil,
                    "the manifest says \(claims.manifest), and the verdicts are \(total)"))
        }
        return findings
    }

    private func differences(
        _ own: [Line], _ others: [Line], _ code: String, in epoch: String,
        _ isSame: (FrameBalance, FrameBalance) -> Bool
    ) -> [BalanceFinding] {
        let (mine, theirs) = (Self.keyed(own), Self.keyed(others))
        return Set(mine.keys).union(theirs.keys).sorted { $0.text.precedes($1.text) }.compactMap { key in
            let (left, right) = (mine[key] ?? FrameBalance(), theirs[key] ?? FrameBalance())
            if isSame(left, right) { return nil }
            return BalanceFinding(
                code, epoch: epoch, account: key.text, "published are \(left), and \(code) has \(right)")
        }
    }

    private static func keyed(_ lines: [Line]) -> [ByteKey: FrameBalance] {
        Dictionary(lines.map { (ByteKey($0.account), $0.balance) }) { first, _ in first }
    }
}

extension FrameBalance: CustomStringConvertible {
    /// Frames and verdicts in words.
    public var description: String {
        let reasons = reasons.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
        return "\(frames) frames = \(verdicts.accepted) accepted + \(verdicts.duplicate) duplicate + "
            + "\(verdicts.rejected) rejected" + (reasons.isEmpty ? "" : " (\(reasons))")
            + (unexplained == 0 ? "" : " + \(unexplained) unexplained")
    }
}
