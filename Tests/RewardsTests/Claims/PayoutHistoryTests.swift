import Canonical
import SeededNumbers
import Testing

@testable import Rewards

/// What is paid where, over many epochs.
@Suite("Payout histories")
struct PayoutHistoryTests {
    private static let names = ["ada", "ben", "cleo", "Ada"]
    private static let addresses = [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    ]
    private let key: SigningKey
    private let signers: PayoutSigners

    init() throws {
        key = try #require(SigningKey(seed: [UInt8](repeating: 1, count: 32)))
        signers = PayoutSigners([
            PayoutKey(key: try key.verifyingKey(), account: nil, from: UTCTime(milliseconds: 0), until: nil)
        ])
    }

    private func binding(_ account: String, _ address: Int, _ at: Int64) throws -> PayoutBinding {
        try PayoutBinding(
            account: account, scheme: "oz", address: Self.addresses[address], at: UTCTime(milliseconds: at),
            key: key)
    }

    /// Epochs are sealed at 100, 200 and so on.
    private func history(_ bindings: [PayoutBinding], epochs: Int) -> PayoutHistory {
        PayoutHistory(
            bindings, scheme: "oz", seals: (1...epochs).map { UTCTime(milliseconds: Int64($0) * 100) },
            signers: signers)
    }

    private func texts(_ credits: [PayoutCredit]) -> [String] {
        credits.map { "\($0.account) \($0.points) \(Self.addresses.firstIndex(of: $0.address.text) ?? -1)" }
    }

    @Test("leave what was earned where it was earned, and what was earned before at the first address")
    func moving() throws {
        let bindings = try [
            binding("ada", 0, 150), binding("ada", 1, 250), binding("ada", 2, 260), binding("ada", 0, 400),
            binding("ben", 0, 0), binding("ben", 1, 499), binding("ben", 0, 500),
        ]
        func total(_ ada: UInt64, _ ben: UInt64) -> [AccountTotal] {
            [AccountTotal(account: "ada", points: ada), AccountTotal(account: "ben", points: ben)]
        }
        func credits(_ epochs: Int) throws -> [String] {
            let totals = [total(10, 1), total(15, 1), total(18, 2), total(20, 2), total(27, 9)]
            let history = history(bindings, epochs: epochs)
            var earlier: [Int: [AccountTotal]] = [:]
            for number in history.lastEpochsOfStays {
                earlier[number] = totals[number].filter { history.moves($0.account, behind: number) }
            }
            let (credits, unbound) = try history.credits(of: totals[epochs - 1], earlier: earlier)
            return texts(credits) + unbound.map { "\($0.account) \($0.points)" }
        }
        #expect(try credits(1) == ["ben 1 0", "ada 10"])
        #expect(try credits(2) == ["ada 15 0", "ben 1 0"])
        // Of two records before one seal the later holds.
        #expect(try credits(3) == ["ada 15 0", "ada 3 2", "ben 2 0"])
        // A record of the very time of a seal counts from the next one on.
        #expect(try credits(4) == ["ada 15 0", "ada 5 2", "ben 2 0"])
        #expect(try credits(5) == ["ada 5 2", "ada 22 0", "ben 2 0", "ben 7 1"])
        #expect(history(bindings, epochs: 5).lastEpochsOfStays == [1, 3])
    }

    @Test("refuse a total that falls")
    func falling() throws {
        let history = history(try [binding("ada", 0, 0), binding("ada", 1, 150)], epochs: 2)
        #expect(throws: PayoutCreditError(account: "ada")) {
            try history.credits(
                of: [AccountTotal(account: "ada", points: 4)],
                earlier: [0: [AccountTotal(account: "ada", points: 5)]])
        }
    }

    /// The same, epoch by epoch: what an epoch awards, and what waits, goes to the address of its seal.
    private func awarded(_ awards: [[UInt64]], _ bindings: [PayoutBinding], upTo count: Int) -> (
        paid: [String: UInt64], waiting: [UInt64]
    ) {
        var (paid, waiting): ([String: UInt64], [UInt64]) = ([:], Self.names.map { _ in 0 })
        for epoch in 0..<count {
            let book = PayoutBook(
                bindings, scheme: "oz", before: UTCTime(milliseconds: Int64(epoch + 1) * 100),
                signers: signers
            )
            for (index, name) in Self.names.enumerated() {
                waiting[index] += awards[epoch][index]
                guard let address = book.address(of: name) else { continue }
                paid[address.text, default: 0] += waiting[index]
                waiting[index] = 0
            }
        }
        return (paid, waiting)
    }

    /// A contract that pays each address the difference to what it paid before never pays anything twice: what an address
    /// has never falls, and all addresses together have what was earned.
    @Test("pay what epochs award, each once, whoever moves and shares")
    func laws() throws {
        var numbers = SplitMix64(seed: 41)
        var cases = 0
        while cases < 10_000 {
            let count = Int.random(in: 1...6, using: &numbers)
            let awards = (0..<count).map { _ in
                Self.names.map { _ in UInt64.random(in: 0...3, using: &numbers) }
            }
            let bindings = try (0..<Int.random(in: 0...8, using: &numbers)).map { _ in
                try binding(
                    Self.names.randomElement(using: &numbers) ?? "ada",
                    Int.random(in: 0..<Self.addresses.count, using: &numbers),
                    Int64.random(in: 0...Int64(count) * 100, using: &numbers))
            }
            var before: [String: UInt64] = [:]
            for epochs in 1...count {
                let totals = (1...count).map { last in
                    Self.names.enumerated().map { index, name in
                        AccountTotal(
                            account: name, points: awards.prefix(last).reduce(0) { $0 + $1[index] })
                    }
                }
                let history = history(bindings.shuffled(using: &numbers), epochs: epochs)
                var earlier: [Int: [AccountTotal]] = [:]
                for number in history.lastEpochsOfStays {
                    earlier[number] = totals[number].filter { history.moves($0.account, behind: number) }
                }
                let (credits, unbound) = try history.credits(of: totals[epochs - 1], earlier: earlier)
                let set = try ClaimSet(
                    epoch: "e", credits: credits, unbound: unbound, scheme: OpenZeppelinScheme.self,
                    options: ClaimOptions(decimals: 6))
                let paid = Dictionary(
                    uniqueKeysWithValues: set.claims.map { ($0.address.text, UInt64(clamping: $0.amount)) })
                let expected = awarded(awards, bindings, upTo: epochs)
                let label = "case \(cases), epoch \(epochs)"
                try #require(paid == expected.paid.filter { $0.value > 0 }, "\(label)")
                try #require(
                    set.totals
                        == totals[epochs - 1].filter { $0.points > 0 }.sorted {
                            $0.account.precedes($1.account)
                        }, "\(label)")
                try #require(
                    unbound.reduce(0) { $0 + $1.points } == expected.waiting.reduce(0, +), "\(label)")
                for (address, amount) in before {
                    try #require(paid[address, default: 0] >= amount, "\(label)")
                }
                before = paid
                cases += 1
            }
        }
    }
}
