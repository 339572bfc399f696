import Canonical
import Testing

@testable import Rewards

@Suite("Claim sets")
struct ClaimSetTests {
    private static let (ada, ben) = (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
    )
    private static let key = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"

    @Test("scale micro-points exactly: a point is a token")
    func scale() throws {
        #expect(try ClaimScale(decimals: 6).amount(123) == 123)
        #expect(try ClaimScale(decimals: 9).amount(1_000_000) == 1_000_000_000)
        #expect(try ClaimScale(decimals: 18).amount(1) == 1_000_000_000_000)
        // 2^64 - 1 micro-points with 18 and 25 decimals, by Python.
        #expect(
            String(try ClaimScale(decimals: 18).amount(.max)) == "18446744073709551615000000000000")
        #expect(
            String(try ClaimScale(decimals: 25).amount(.max)) == "184467440737095516150000000000000000000")
    }

    @Test("refuse tokens that cannot carry micro-points", arguments: [-1, 0, 5, 26, 255, Int.max])
    func decimals(decimals: Int) {
        #expect(throws: ClaimError.badDecimals(decimals)) { try ClaimScale(decimals: decimals) }
    }

    @Test("refuse amounts and sums beyond what the contract holds")
    func overflow() throws {
        let limit = UInt128(UInt64.max)
        let most = UInt64.max / 1000
        #expect(try ClaimSet("jito", decimals: 9, [("a", most, Self.key)]).total == UInt128(most) * 1000)
        #expect(
            throws: ClaimError.amountTooLarge(
                address: Self.key, amount: UInt128(most + 1) * 1000, limit: limit)
        ) { try ClaimSet("jito", decimals: 9, [("a", most + 1, Self.key)]) }
        let other = "SysvarRent111111111111111111111111111111111"
        #expect(throws: ClaimError.totalTooLarge(limit: limit)) {
            try ClaimSet("jito", decimals: 9, [("a", most, Self.key), ("b", 1, other)])
        }
        #expect(throws: ClaimError.totalTooLarge(limit: limit)) {
            try ClaimSet("oz", decimals: 6, [("a", .max, Self.ada), ("b", 1, Self.ben)])
        }
        let whole = try ClaimSet("oz", decimals: 18, [("a", .max - 1, Self.ada), ("b", 1, Self.ben)])
        #expect(String(whole.total) == "18446744073709551615000000000000")
    }

    @Test("add up what accounts of one address have, in one claim")
    func sharedAddress() throws {
        let set = try ClaimSet(
            "oz", decimals: 6, [("z", 1, Self.ada), ("m", 5, Self.ben), ("a", 2, Self.ada)])
        #expect(set.claims.map(\.amount) == [3, 5])
        #expect(set.accounts == ["a", "z", "m"] && set.total == 8)
        let alone = try ClaimSet("oz", decimals: 6, [("x", 3, Self.ada), ("m", 5, Self.ben)])
        #expect(set.root == alone.root)
        #expect(try ClaimSet("oz", decimals: 6, [("z", 0, Self.ada), ("a", 2, Self.ada)]).accounts == ["a"])
        let most = UInt64.max / 1000
        #expect(throws: ClaimError.self) {
            try ClaimSet("jito", decimals: 9, [("a", most, Self.key), ("b", 1, Self.key)])
        }
    }

    @Test("refuse an account given twice, and take equal letters in another case for two")
    func accounts() throws {
        #expect(throws: ClaimError.duplicateAccount("a")) {
            try ClaimSet("oz", decimals: 6, [("a", 1, Self.ada), ("b", 1, Self.ada), ("a", 2, Self.ada)])
        }
        // Two addresses of one account are what it earned here and there.
        let moved = try ClaimSet("oz", decimals: 6, [("a", 1, Self.ada), ("a", 2, Self.ben)])
        #expect(
            moved.claims.map(\.amount) == [1, 2] && moved.totals == [AccountTotal(account: "a", points: 3)])
        for unbound in [["a"], ["b", "b"]] {
            #expect(throws: ClaimError.self) {
                try ClaimSet(
                    "oz", decimals: 6, [("a", 1, Self.ada)],
                    unbound: unbound.map { AccountTotal(account: $0, points: 1) })
            }
        }
        #expect(throws: ClaimError.badAccount("")) { try ClaimSet("oz", decimals: 6, [("", 1, Self.ada)]) }
        #expect(try ClaimSet("oz", decimals: 6, [("a", 1, Self.ada), ("A", 1, Self.ben)]).claims.count == 2)
        let composed = try ClaimSet(
            "oz", decimals: 6, [("\u{E9}", 1, Self.ada), ("e\u{301}", 1, Self.ada)])
        #expect(composed.accounts.count == 2 && composed.totals.count == 2)
    }

    @Test("list who is bound to no address, and keep all totals")
    func unbound() throws {
        let unbound = [("c", 0), ("a", 2), ("d", 3)].map {
            AccountTotal(account: $0.0, points: UInt64($0.1))
        }
        let set = try ClaimSet("oz", decimals: 18, [("b", 1, Self.ada)], unbound: unbound)
        #expect(set.unbound.map(\.account) == ["a", "d"])
        #expect(set.accounts == ["b"])
        #expect(set.totals.map(\.account) == ["a", "b", "d"])
        #expect(set.totals.map(\.points) == [2, 1, 3])
    }

    @Test("need a reward token exactly where the leaf names one")
    func rewardToken() throws {
        #expect(throws: ClaimError.noRewardToken(scheme: "morpho")) {
            try ClaimSet("morpho", decimals: 6, [])
        }
        for name in ClaimSchemes.names where name != "morpho" {
            #expect(throws: ClaimError.needlessRewardToken(scheme: name)) {
                try ClaimSet(name, decimals: 6, rewardToken: Self.ada, [])
            }
        }
        #expect(throws: ClaimError.self) { try ClaimOptions(decimals: 6, rewardToken: Self.key) }
        #expect(throws: ClaimError.unknownScheme("pendle")) { try ClaimSchemes.named("pendle") }
    }

    @Test("without claims have no root")
    func empty() throws {
        for name in ClaimSchemes.names where name != "morpho" {
            let set = try ClaimSet(
                name, decimals: 6, [("a", 0, ClaimLawTests.isOfSolana(name) ? Self.key : Self.ada)])
            #expect(set.root == nil && set.claims.isEmpty && set.total == 0)
        }
    }
}
