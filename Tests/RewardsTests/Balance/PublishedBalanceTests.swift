import Canonical
import Stages
import Testing

@testable import Rewards

/// Frames in = accepted + duplicate + rejected, in every published file.
@Suite struct PublishedBalanceTests {
    @Test func aSoundEpochAddsUp() throws {
        let chain = try SampleChain.make()
        for (published, manifest) in zip(chain.published, chain.manifests) {
            let balance = try PublishedBalance(published.epoch)
            #expect(balance.findings == [] && balance.epoch == manifest.epoch)
            #expect(balance.sheet.total.frames == Int64(published.lines(of: .verdicts).count))
            #expect(balance.sheet.total.verdicts == manifest.verdicts)
            #expect(balance.sheet.unexplained(in: nil) == [])
        }
        // Counted by hand from the records of the sample chain.
        let first = try PublishedBalance(chain.published[0].epoch).sheet
        #expect(first.drives.map(\.account) == ["d1", "d2", "d3", "d4"])
        #expect(first.drives.map(\.balance.frames) == [3, 2, 1, 1])
        #expect(first.contributors.map(\.account) == ["ada", "bob", "cyd", "dan"])
        #expect(first.total.reasons == [.duplicateNear: 1, .imageDamaged: 1])
    }

    /// Every file that sums the verdicts up is held against them.
    @Test(arguments: [
        (EpochFile.inputs, "balance.inputs", "d2"), (.explain, "balance.explain", "bob"),
        (.awards, "balance.awards", "bob"),
    ])
    func aWrongSumIsFound(file: EpochFile, code: String, account: String) throws {
        var spoilt = try SampleChain.make().published[0]
        let text = String(decoding: try #require(spoilt[file]), as: UTF8.self)
        let wrong = text.replacing(
            #""duplicate":1,"rejected":0"#, with: #""duplicate":0,"rejected":1"#)
        #expect(wrong != text)
        spoilt[file] = Array(wrong.utf8)
        let findings = try PublishedBalance(spoilt.epoch).findings
        #expect(findings.map(\.code) == [code] && findings.map(\.account) == [account])
        #expect(findings.allSatisfy { $0.epoch == "2025-W51" })
    }

    /// A verdict that is gone is missed by all others.
    @Test func aFrameThatIsGoneIsMissed() throws {
        var spoilt = try SampleChain.make().published[0]
        let lines = spoilt.lines(of: .verdicts).dropFirst()
        spoilt[.verdicts] = Array(lines.joined(separator: [0x0A])) + [0x0A]
        let balance = try PublishedBalance(spoilt.epoch)
        #expect(
            balance.findings.map(\.code) == [
                "balance.inputs", "balance.explain", "balance.awards", "balance.manifest",
            ])
        let whole = try PublishedBalance(try SampleChain.make().published[0].epoch).sheet
        #expect(balance.sheet.differences(from: whole, in: "2025-W51").map(\.account) == ["d1"])
        spoilt[.awards] = nil
        #expect(throws: ReplayError.self) { try PublishedBalance(spoilt.epoch) }
    }

    @Test func whatHasNoReasonDoesNotAddUp() {
        var sheet = BalanceSheet()
        sheet.add(2, drive: "a", contributor: "ada", .rejected, .qualityDark)
        sheet.add(1, drive: "a", contributor: "ada", .duplicate, .duplicateExact)
        #expect(sheet.total.addsUp && sheet.total.frames == 3)
        sheet.add(1, drive: "b", contributor: "ada", .rejected, .duplicateExact)
        sheet.add(1, drive: "c", contributor: "ada", .accepted, .qualityDark)
        sheet.add(1, drive: "d", contributor: "ada", nil, nil)
        sheet.add(1, drive: "e", contributor: "ada", .rejected, nil)
        #expect(sheet.total.frames == 7 && sheet.total.unexplained == 4)
        #expect(sheet.unexplained(in: nil).map(\.account) == ["b", "c", "d", "e"])
        #expect(sheet.unexplained(in: nil).allSatisfy { $0.code == "balance.reasons" })
        #expect(sheet.contributors.map(\.balance.frames) == [7])
    }
}
