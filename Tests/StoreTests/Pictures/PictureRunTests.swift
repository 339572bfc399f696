import Foundation
import Imaging
import SeededNumbers
import Stages
import TestSupport
import Testing

@testable import Store

/// Files of pictures give what the tables do that they were made of.
@Suite struct PictureRunTests {
    private let folder: TemporaryFolder
    private let store: PictureRunStore

    init() throws {
        folder = try TemporaryFolder()
        store = PictureRunStore(root: "\(folder.path)/pictures")
    }

    private static func hash(_ words: HashWords) -> PDQHash {
        PDQHash(w0: words[0], w1: words[1], w2: words[2], w3: words[3])
    }

    /// Pictures of chance of which one in three is a copy in some form, and one in ten the same.
    private static func table(_ numbers: inout SplitMix64, ids: Range<Int64>) -> PictureTable {
        var forms: [HashWords] = []
        for number in 0..<ids.count {
            var own = (0..<4).map { _ in MadeHashes.random(&numbers) }
            if number > 0, Int.random(in: 0..<3, using: &numbers) == 0 {
                let near = forms[Int.random(in: 0..<forms.count, using: &numbers)]
                own[Int.random(in: 0..<4, using: &numbers)] = MadeHashes.changed(
                    near, Int.random(in: 20...33, using: &numbers), &numbers)
            }
            if number > 0, Int.random(in: 0..<10, using: &numbers) == 0 { own = Array(forms.suffix(4)) }
            forms += own
        }
        let hashes = forms.map(hash)
        return PictureTable(
            ids: Array(ids), pdq: stride(from: 0, to: hashes.count, by: 4).map { hashes[$0] },
            variants: hashes.enumerated().filter { $0.offset % 4 > 0 }.map(\.element))
    }

    private static func pairs(_ queries: PictureQueries, _ sources: [any PictureSource]) throws -> [[Int64]] {
        var pairs: [[Int64]] = []
        try queries.forEachPair(in: sources) { new, frames in
            pairs += frames.map { [Int64(new), $0] }
        }
        return pairs.sorted { $0.lexicographicallyPrecedes($1) }
    }

    @Test(arguments: 0..<3 as Range<UInt64>)
    func filesMergedAndNotGiveWhatTablesDo(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        let counts = [Int64(200), 1, 90, 150]
        var (first, tables, runs) = (Int64(0), [PictureTable](), [PictureRun]())
        for (number, count) in counts.enumerated() {
            let table = Self.table(&numbers, ids: first..<first + count)
            first += count
            tables.append(table)
            let record = try store.write(table, as: Int64(number))
            #expect(record.frames == Int(count) && record.pictures == table.pdq.count)
            runs.append(try store.open(record))
        }
        let queries = PictureQueries(
            pdq: tables.flatMap(\.pdq), variants: tables.flatMap(\.variants), maxDistance: 31)
        let expected = try Self.pairs(queries, tables.map { PictureTableSearch($0) })
        #expect(expected.count > Int(first), "seed \(seed)")
        #expect(try Self.pairs(queries, runs) == expected, "seed \(seed)")
        let two = try store.merge(Array(runs[1...2]), as: 10)
        let all = try store.merge([store.open(two), runs[0], runs[3]], as: 11)
        #expect(all.frames == Int(first))
        #expect(try Self.pairs(queries, [store.open(all)]) == expected, "seed \(seed)")
        for record in [two, all] { #expect(try store.open(record).findings { _, _ in } == []) }
        try store.removeAll(but: [all])
        #expect(Files.names("\(folder.path)/pictures") == ["11"])
    }

    /// What is not the file that the catalog says is never searched.
    @Test func refusesWhatIsNotTheFile() throws {
        var numbers = SplitMix64(seed: 5)
        let record = try store.write(Self.table(&numbers, ids: 0..<20), as: 1)
        let path = store.path(of: 1)
        let whole = try StoredFile.read(path, maxBytes: 1 << 28)
        _ = try store.open(record)
        let (pictures, frames, digest) = (record.pictures, record.frames, record.digest)
        for other in [
            PictureRunRecord(number: 2, pictures: pictures, frames: frames, digest: digest),
            PictureRunRecord(number: 1, pictures: pictures + 1, frames: frames, digest: digest),
            PictureRunRecord(number: 1, pictures: pictures, frames: frames + 1, digest: digest),
            PictureRunRecord(number: 1, pictures: pictures, frames: frames, digest: digest ^ 1),
        ] {
            #expect(throws: PictureRunDamage.self) { try store.open(other) }
        }
        for bytes in [[], Array(whole.dropLast()), whole + [0], [0] + whole.dropFirst()] {
            try DurableWrite.file(bytes, at: path)
            #expect(throws: PictureRunDamage.self) { try store.open(record) }
        }
    }

    /// A flipped bit anywhere is found by a check, and neither a search nor a check reads where nothing is.
    @Test func flippedBitsAreFoundAndHurtNothing() throws {
        var numbers = SplitMix64(seed: 6)
        let table = Self.table(&numbers, ids: 0..<12)
        let record = try store.write(table, as: 1)
        let path = store.path(of: 1)
        let whole = try StoredFile.read(path, maxBytes: 1 << 28)
        let queries = PictureQueries(pdq: table.pdq, variants: table.variants, maxDistance: 31)
        let layout = PictureRunLayout(record)
        let sections = PictureSection.all.flatMap { section in
            [
                layout.starts(of: section) + 4 * 65_536, layout.next(of: section), layout.third(of: section),
                layout.members(of: section),
            ]
        }
        let places =
            [layout.hash(0, ofPicture: 3), layout.frameStarts + 4, layout.frameStarts + 7] + sections
        for (number, place) in places.enumerated() where number < 3 || number % 9 == 0 {
            var bytes = whole
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
            try DurableWrite.file(bytes, at: path)
            let run = try store.open(record)
            #expect(try !run.findings { _, _ in }.isEmpty, "byte \(place)")
            // It may find less or more, or say what is wrong.
            do { _ = try Self.pairs(queries, [run]) } catch is PictureRunDamage {}
        }
    }
}
