import Canonical
import Geo
import Rewards
import Stages
import Store

/// Holds every invariant of a workspace against what is there. It changes nothing, and it never stops at the first
/// finding.
public struct WorkspaceCheck {
    private let workspace: Workspace
    private var report = CheckReport()

    /// A check of `workspace`.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// Checks catalog, blobs, tiles and epochs; the bytes of `dataPercent` percent of the kept frames are read and
    /// hashed.
    public static func run(_ workspace: Workspace, dataPercent: Int) throws -> CheckReport {
        var check = WorkspaceCheck(workspace)
        try check.catalog()
        try check.pictures(readsData: dataPercent > 0)
        try check.quarantine()
        try check.blobs(percent: min(max(dataPercent, 0), 100))
        try check.tiles(readsData: dataPercent > 0)
        try check.epochs()
        try check.log()
        try check.claims()
        return check.report
    }

    private mutating func find(_ code: String, _ place: String, _ detail: String) {
        report.findings.append(CheckFinding(code: code, place: place, detail: detail))
    }

    private mutating func catalog() throws {
        for finding in try workspace.catalog.integrityFindings() {
            find("catalog.integrity", "catalog.sqlite", finding)
        }
        let uploads = try workspace.catalog.uploads()
        let drives = try workspace.catalog.drives()
        let all = try workspace.catalog.verdictTally(.all)
        let inDrives = drives.reduce(into: VerdictTally()) { $0.add($1.counts) }
        if inDrives != all {
            find(
                "frames.verdict_sum", "catalog.sqlite", "\(all.total) frames, but \(inDrives.total) in drives"
            )
        }
        var findings: [CheckFinding] = []
        let precision = workspace.cellPrecision
        var (pending, withdrawn) = (0, 0)
        let takedowns = try workspace.catalog.takedowns().map(\.takedown)
        let withdrawals = WithdrawalCheck(takedowns)
        try workspace.catalog.forEachFrame(.all, cellPrecision: precision) { frame in
            // Being at work, or killed at it, is no damage: the next run goes on.
            if frame.isPending { pending += 1 }
            if frame.withdrawnBy != nil { withdrawn += 1 }
            if let finding = withdrawals.finding(frame) { findings.append(finding) }
            if let finding = FrameCheck.finding(frame, cellPrecision: precision) { findings.append(finding) }
        }
        report.findings += findings
        report.checked += [
            ("uploads", uploads.count), ("drives", drives.count), ("frames", all.total),
            ("frames not compared yet", pending), ("takedowns", takedowns.count),
            ("withdrawn frames", withdrawn),
        ]
    }

    private mutating func pictures(readsData: Bool) throws {
        var check = PictureCheck(workspace)
        try check.run(readsData: readsData)
        report.findings += check.findings
        report.checked.append(("indexed frames", check.frames))
    }

    private mutating func quarantine() throws {
        let contents = try workspace.quarantined()
        for damage in contents.damage { find("quarantine.damaged", damage.path, damage.reason) }
        report.checked.append(("quarantined uploads", contents.uploads.count))
    }

    private mutating func blobs(percent: Int) throws {
        let (blobs, strangers) = try workspace.blobs.contents()
        for stranger in strangers { find("blob.stranger", stranger, "no blob has such a name") }
        let known = try workspace.catalog.keptContents()
        // A run killed between keeping a frame and noting it leaves a blob that nobody names: untidy, not wrong.
        let withdrawn = try workspace.catalog.withdrawnContents()
        let orphans = blobs.count { known[$0] == nil && !withdrawn.contains($0) }
        for hash in blobs where withdrawn.contains(hash) {
            find(
                "blob.withdrawn", workspace.blobs.path(of: hash),
                "only frames that were taken down have these bytes; the next 'waggle run' removes it")
        }
        for hash in Set(known.keys).subtracting(blobs).sorted() {
            find(
                "blob.missing", workspace.blobs.path(of: hash), "a copy of a frame was kept there and is gone"
            )
        }
        var read = 0
        // A hash is a fair draw: the first byte picks the share.
        for hash in blobs where percent == 100 || Int(hash.bytes[0]) * 100 < percent * 256 {
            read += 1
            // A copy that nobody names can only be held against its name, which is right where it was not stripped.
            guard let copies = known[hash], let found = try workspace.blobs.read(hash).map(ContentHash.of),
                !copies.contains(found)
            else { continue }
            find(
                "blob.damaged", workspace.blobs.path(of: hash), "its bytes have another hash than was noted")
        }
        report.checked += [("blobs", blobs.count), ("orphan blobs", orphans), ("blobs read", read)]
    }

    private mutating func tiles(readsData: Bool) throws {
        let catalog = workspace.catalog
        // What waits to be built is no damage: the next build makes it.
        let isUpToDate =
            try catalog.dirtyDrives().isEmpty && catalog.dirtyTiles().isEmpty && catalog.dirtyBlocks().isEmpty
        guard let generation = PublishedGeneration(current: workspace.layout) else {
            report.checked.append(("tiles", 0))
            return
        }
        var check = GenerationCheck(generation, catalog)
        try check.run(isUpToDate: isUpToDate)
        report.findings += check.findings
        report.checked.append(("tiles", check.tiles))
        if readsData, isUpToDate { report.findings += try MapCheck(workspace).run() }
    }

    private mutating func claims() throws {
        let claims = try ClaimVerification.verifyAll(workspace.layout.payouts)
        report.findings += claims.findings
        report.checked.append(("claim files", claims.files))
    }

    private mutating func epochs() throws {
        let published: EpochFiles.Published
        do {
            published = try EpochFiles.publishedChain(workspace.layout.published)
        } catch let failure as FileFailure {
            return find("epoch.unreadable", failure.path, failure.description)
        }
        for (name, bytes) in published.rulesets where ContentHash.of(bytes) != name {
            find(
                "ruleset.damaged", "\(workspace.layout.rulesets)/\(name).json", "its bytes have another hash")
        }
        let verified = try ManifestVerifier.verify(chain: published.chain, rulesets: published.rulesets)
        for finding in verified.findings {
            find("epoch.\(finding.code.rawValue)", finding.epoch, finding.description)
        }
        let sealed = try workspace.catalog.sealedEpochs()
        for (epoch, files) in zip(published.epochs, published.chain) {
            guard let record = sealed.first(where: { $0.id == epoch }) else {
                find("epoch.stranger", epoch, "published, but not in the catalog")
                continue
            }
            if files.hasManifest, record.body != ContentHash.of(files.manifest) {
                find("epoch.changed", epoch, "the manifest is not the one the catalog remembers")
            }
        }
        for epoch in sealed where !published.epochs.contains(epoch.id) {
            find(
                "epoch.missing", epoch.id,
                "closed, but its files are gone; the next run writes them if it was killed")
        }
        report.checked.append(("epochs", published.epochs.count))
    }

    private mutating func log() throws {
        let (findings, entries) = try LogCheck.run(workspace)
        report.findings += findings
        report.checked.append(("log entries", entries))
    }
}
