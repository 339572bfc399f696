import Canonical
import Stages

/// What the epochs of a chain leave to the next one.
public struct ChainState: Sendable {
    /// What somebody was paid, and what is still to be settled, micro-points.
    public struct Account: Sendable, Equatable {
        /// Paid in all epochs so far.
        public var total: UInt64 = 0
        /// Corrections that are still to be paid.
        public var owed: UInt64 = 0
        /// Corrections that are still to be kept back.
        public var debt: UInt64 = 0

        /// Nothing.
        public init() {}

        /// An account with these amounts.
        public init(total: UInt64, owed: UInt64, debt: UInt64) {
            self.total = total
            self.owed = owed
            self.debt = debt
        }
    }

    /// How far a device was trusted in the last epoch that had it.
    public struct Trust: Sendable, Equatable {
        /// That epoch.
        public let epoch: Epoch
        /// 0...1000.
        public let permille: Int64

        /// Trust in `epoch`.
        public init(epoch: Epoch, permille: Int64) {
            self.epoch = epoch
            self.permille = permille
        }
    }

    /// A contributor and one of their devices.
    struct DeviceKey: Hashable, Sendable {
        let contributor: ByteKey
        let device: ByteKey?
    }

    /// The manifest before; nil before the first.
    public var previous: ContentHash?
    /// When that was sealed.
    public var sealedAsOf: UTCTime?
    /// The schedule of rulesets that it lists.
    public var rulesets: [RulesetAdoption] = []
    /// When passes covered what.
    public var history = CoverageHistory()
    /// Takedowns that were published.
    public var takedowns: [Takedown] = []
    /// Bounties that were published.
    public var bounties: [Bounty] = []

    /// Ids of corrections that were published.
    private(set) var corrections: Set<ByteKey> = []
    /// Awards noted one by one.
    private var awards: [Epoch: Set<ByteKey>] = [:]
    /// By settled epoch: everyone who has an award, by the bytes of their ids.
    private var awarded: [Epoch: [String]] = [:]
    private var settled = AccountList()
    private(set) var trust: [DeviceKey: Trust] = [:]
    /// The drives that epochs had, each with a hash of what it must be in later ones too.
    private var counted: [ByteKey: ContentHash] = [:]

    /// Before the first epoch.
    public init() {}

    /// Sets what is known of a contributor.
    public mutating func set(_ account: Account, of contributor: String) {
        settled.set(account, of: contributor)
    }

    /// Everyone's account, by the bytes of their ids.
    var accounts: AccountList { settled.inOrder }

    /// Sets how far a device was trusted.
    public mutating func set(_ trust: Trust, of device: String?, contributor: String) {
        self.trust[DeviceKey(contributor: ByteKey(contributor), device: device.map { ByteKey($0) })] = trust
    }

    /// Notes that a correction was published.
    public mutating func publish(correction id: String) { corrections.insert(ByteKey(id)) }

    /// Notes that an epoch has an award of the contributor.
    public mutating func award(_ contributor: String, in epoch: Epoch) {
        awards[epoch, default: []].insert(ByteKey(contributor))
    }

    /// Whether it has.
    func hasAward(of contributor: String, in epoch: Epoch) -> Bool {
        if awards[epoch]?.contains(ByteKey(contributor)) == true { return true }
        guard let awarded = awarded[epoch] else { return false }
        return awarded.place(of: contributor) { $0 } != nil
    }

    /// Notes that an epoch had the drive: its flags do not count a second time.
    public mutating func count(_ drive: DriveInput) { counted[ByteKey(drive.drive)] = drive.identity }

    /// Whether an epoch had the drive.
    func hasCounted(_ drive: DriveInput) -> Bool { counted[ByteKey(drive.drive)] != nil }

    /// Whether an epoch had the drive as that of another contributor, device or upload.
    func contradicts(_ drive: DriveInput) -> Bool {
        counted[ByteKey(drive.drive)].map { $0 != drive.identity } ?? false
    }

    /// Adds what `settlement` leaves. `drives` are those of its epoch.
    mutating func add(_ settlement: EpochSettlement, drives: [DriveInput], corrections: [Correction]) {
        let manifest = settlement.manifest
        sealedAsOf = manifest.sealedAsOf
        rulesets = manifest.rulesets
        history.add(settlement.passes)
        takedowns += manifest.takedowns.map(\.takedown)
        bounties += manifest.bounties
        for correction in corrections { publish(correction: correction.id) }
        counted.reserveCapacity(counted.count + drives.count)
        for drive in drives { count(drive) }
        // All there are: a settlement takes over those it finds.
        settled = AccountList(inOrder: settlement.accounts)
        for contributor in awarded.updateValue(settlement.awarded, forKey: manifest.epoch) ?? [] {
            award(contributor, in: manifest.epoch)
        }
        trust.reserveCapacity(trust.count + settlement.trust.count)
        for entry in settlement.trust {
            set(
                Trust(epoch: manifest.epoch, permille: entry.permille), of: entry.device,
                contributor: entry.contributor)
        }
    }

    /// What keeps an epoch that is sealed at `seal` from having this schedule: it must go on from that of the manifest before.
    func problem(with schedule: RulesetSchedule, sealedAsOf seal: UTCTime) -> ManifestError? {
        let listed = schedule.published
        guard listed.starts(with: rulesets) else {
            return .rulesetsChanged("those that the manifest before lists are not its beginning")
        }
        for adoption in listed.dropFirst(rulesets.count) {
            guard let from = adoption.from, let adoptedAt = adoption.adoptedAt else { continue }
            if adoptedAt >= seal {
                return .rulesetsChanged("that from \(from) on was adopted after the seal")
            }
            if let sealedAsOf, adoptedAt < sealedAsOf {
                return .rulesetsChanged(
                    "that from \(from) on was adopted before the last seal, and its manifest does not list it"
                )
            }
        }
        return nil
    }

    /// How far `device` is trusted in `epoch`, if `flagged` of its drives lower trust there.
    func trust(
        in device: String?, of contributor: String, epoch: Epoch, flagged: Int64, rules: TrustRules
    ) -> Int64 {
        let key = DeviceKey(contributor: ByteKey(contributor), device: device.map { ByteKey($0) })
        var before = rules.initial
        if let last = trust[key] {
            // At most 1,000 weeks times 1,000: beyond, trust is full anyway.
            let weeks = min(max(last.epoch.weeks(until: epoch), 0), 1000)
            before = min(1000, last.permille + weeks * rules.recovery)
        }
        return max(rules.least, before - min(flagged, 1000) * rules.step)
    }
}
