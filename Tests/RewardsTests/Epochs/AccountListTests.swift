import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Account list")
struct AccountListTests {
    @Test("has what was set last of everyone, by the bytes of their ids", arguments: [1, 2] as [UInt64])
    func order(seed: UInt64) {
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<500 {
            var list = AccountList()
            var expected: [ByteKey: ChainState.Account] = [:]
            for total in 0..<UInt64.random(in: 0...12, using: &numbers) {
                let contributor =
                    ["a", "b", "B", "\u{E9}", "e\u{301}", "aa", ""].randomElement(using: &numbers) ?? ""
                let account = ChainState.Account(total: total, owed: 0, debt: 0)
                list.set(account, of: contributor)
                expected[ByteKey(contributor)] = account
            }
            let entries = list.inOrder.entries
            #expect(entries.count == expected.count)
            #expect(entries.allSatisfy { expected[ByteKey($0.contributor)] == $0.account })
            #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.contributor.precedes($1.contributor) })
        }
    }
}
