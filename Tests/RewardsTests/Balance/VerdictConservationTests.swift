import Canonical
import Geo
import Stages
import Testing

@testable import Rewards

/// Frames in = accepted + duplicate + rejected by reason: by drive, by contributor, by epoch and over all epochs, on a thousand
/// made chains. The seed of a case that fails is in the message.
@Suite("Conservation of verdicts")
struct VerdictConservationTests {
    private static let seeds = 0..<1000 as Range<UInt64>

    /// Up to three weeks of drives whose frames have verdicts of every rule.
    private struct Made {
        var weeks: [[FrameRecord]] = []
        var takedowns: [[Takedown]] = []

        init(_ numbers: inout SeededNumbers) throws {
            let week: Int64 = 604_800
            let monday = try #require(Epoch(id: "2025-W51")).start.milliseconds
            for number in 0..<Int64.random(in: 1...3, using: &numbers) {
                let gone = try SampleChain.takedown(.drive("w\(number)d0"), at: number * week + 300)
                takedowns.append(Bool.random(using: &numbers) ? [gone] : [])
                var records: [FrameRecord] = []
                for index in 0..<Int.random(in: 0...8, using: &numbers) {
                    let drive = Int.random(in: 0..<4, using: &numbers)
                    // Behind the seal of the week before.
                    let received = monday + (number * week + 300_000 + Int64(drive)) * 1000
                    let verdict = try Self.verdict(
                        of: index, takedown: drive == 0 ? takedowns.last?.first : nil, &numbers)
                    let isKept = verdict.finding?.rule.isPrivacy != true
                    let late = drive == 3 ? week * 1000 : 0
                    records.append(
                        FrameRecord(
                            frame: "w\(number)f\(index)", drive: "w\(number)d\(drive)",
                            upload: "u\(number)\(drive)", contributor: MadeEpochs.contributors[drive / 2 * 2],
                            sha256: isKept ? .of("\(number) \(index)") : nil,
                            receivedAt: UTCTime(milliseconds: received),
                            capturedAt: isKept
                                ? UTCTime(milliseconds: received - late - Int64(index) * 1000 - 1) : nil,
                            verdict: verdict))
                }
                weeks.append(records)
            }
        }

        private static func verdict(
            of index: Int, takedown: Takedown?, _ numbers: inout SeededNumbers
        ) throws -> FrameRecord.Verdict {
            if let takedown { return .takenDown(by: takedown) }
            if Int.random(in: 0..<3, using: &numbers) == 0 {
                let cell = try #require(
                    Geohash(MadeEpochs.cells.randomElement(using: &numbers) ?? "9q8yyk8y"))
                return .accepted(
                    .init(
                        cell: cell, octant: HeadingOctant(number: 2), quality: 800, factors: ["exposure": 800]
                    ))
            }
            let rules = Rule.allCases.filter { $0 != .takedown }
            let rule = try #require(rules.randomElement(using: &numbers))
            return rule.isOfDuplicates
                ? .duplicate(Finding(rule), of: "w0f\(index)") : .rejected(Finding(rule))
        }
    }

    /// Frames by verdict and rule, counted one by one.
    private typealias Counts = [String: Int64]

    private static func counts(_ records: some Sequence<FrameRecord>) -> Counts {
        records.reduce(into: [:]) {
            $0[($1.verdict.finding?.rule.rawValue).map { "\($0)" } ?? "accepted", default: 0] += 1
        }
    }

    private static func counts(_ balance: FrameBalance) -> Counts {
        var counts = Dictionary(uniqueKeysWithValues: balance.reasons.map { ($0.key.rawValue, $0.value) })
        if balance.verdicts.accepted > 0 { counts["accepted"] = balance.verdicts.accepted }
        return counts
    }

    /// Whether `lines` are those of `records`, which `account` says whose they are, each frame in exactly one.
    private static func agree(
        _ lines: [BalanceSheet.Line], with records: [FrameRecord], by account: (FrameRecord) -> String
    ) -> Bool {
        let expected = Dictionary(grouping: records) { Array(account($0).utf8) }
        return lines.count == expected.count
            && lines.allSatisfy { line in
                let own = expected[Array(line.account.utf8)] ?? []
                let verdicts = line.balance.verdicts
                return counts(line.balance) == counts(own) && line.balance.frames == Int64(own.count)
                    && verdicts.accepted + verdicts.duplicate + verdicts.rejected == Int64(own.count)
                    && line.balance.addsUp
            }
    }

    /// The sheet as the catalog's rows make it: frames by drive, verdict and rule, in any order.
    private static func sheet(_ records: [FrameRecord]) -> BalanceSheet {
        var sheet = BalanceSheet()
        for record in records {
            sheet.add(
                1, drive: record.drive, contributor: record.contributor, record.verdict.kind,
                record.verdict.finding?.rule)
        }
        return sheet
    }

    @Test("every frame is in one verdict of one drive, contributor and epoch, and in the sum of all")
    func conservation() throws {
        for seed in Self.seeds {
            var numbers = SeededNumbers(seed: seed)
            let made = try Made(&numbers)
            let chain = try SampleChain(made.weeks, takedowns: made.takedowns)
            var all = FrameBalance()
            for (records, published) in zip(made.weeks, chain.published) {
                let balance = try PublishedBalance(published.epoch)
                let sheet = balance.sheet
                try #require(balance.findings == [], "seed \(seed)")
                try #require(Self.agree(sheet.drives, with: records, by: \.drive), "seed \(seed)")
                try #require(
                    Self.agree(sheet.contributors, with: records, by: \.contributor), "seed \(seed)")
                try #require(
                    Self.counts(sheet.total) == Self.counts(records) && sheet.total.addsUp, "seed \(seed)")
                // The catalog's account of the same frames, whatever their order.
                let catalog = Self.sheet(records.shuffled(using: &numbers))
                try #require(catalog == sheet && catalog.unexplained(in: nil) == [], "seed \(seed)")
                try #require(sheet.differences(from: catalog, in: balance.epoch.id) == [], "seed \(seed)")
                all += sheet.total
            }
            let frames = made.weeks.joined()
            try #require(
                Self.counts(all) == Self.counts(frames) && all.frames == Int64(frames.count), "seed \(seed)")
        }
    }

    @Test("a frame that is gone, counted twice, or has another verdict, rule or drive is found")
    func nothingIsLostUnseen() throws {
        var altered = 0
        for seed in Self.seeds {
            var numbers = SeededNumbers(seed: seed)
            let made = try Made(&numbers)
            guard
                let week = made.weeks.indices.filter({ !made.weeks[$0].isEmpty }).randomElement(
                    using: &numbers)
            else { continue }
            let records = made.weeks[week]
            let index = Int.random(in: 0..<records.count, using: &numbers)
            let frame = records[index]
            var other = records
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: other.remove(at: index)
            case 1: other.append(frame)
            case 2:
                let isDark = frame.verdict.finding?.rule == .qualityDark
                other[index] = frame.with(.rejected(Finding(isDark ? .qualityBlurred : .qualityDark)))
            default: other[index] = frame.with(frame.verdict, drive: "another")
            }
            altered += 1
            let whole = Self.sheet(records)
            let findings = whole.differences(from: Self.sheet(other), in: "2025-W51")
            try #require(findings.contains { $0.account == frame.drive }, "seed \(seed)")
            // In the published files, every sum that was made of the verdicts says otherwise.
            var spoilt = try SampleChain(made.weeks, takedowns: made.takedowns).published[week]
            spoilt[.verdicts] = other.flatMap { $0.line + [0x0A] }
            try #require(try !PublishedBalance(spoilt.epoch).findings.isEmpty, "seed \(seed)")
        }
        #expect(altered > 900)
    }
}

extension FrameRecord {
    /// The same frame with another verdict, or in another drive.
    fileprivate func with(_ verdict: Verdict, drive: String? = nil) -> FrameRecord {
        FrameRecord(
            frame: frame, drive: drive ?? self.drive, upload: upload, contributor: contributor,
            sha256: sha256 ?? (verdict.finding?.rule.isPrivacy == true ? nil : .of(frame)),
            receivedAt: receivedAt, capturedAt: capturedAt, verdict: verdict)
    }
}
