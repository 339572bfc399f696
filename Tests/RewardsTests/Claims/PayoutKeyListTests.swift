import Canonical
import Testing

@testable import Rewards

@Suite("The list of payout keys")
struct PayoutKeyListTests {
    private static func key(_ number: UInt8) throws -> VerifyingKey {
        try #require(SigningKey(seed: [UInt8](repeating: number, count: 32))).verifyingKey()
    }

    private static func time(_ milliseconds: Int64) -> UTCTime { UTCTime(milliseconds: milliseconds) }

    @Test("keeps every key, and when it held")
    func history() throws {
        var list = PayoutKeyList()
        let key = try Self.key(1)
        func add(_ account: String?, _ time: Int64) -> Bool {
            list.add(key, of: account, from: Self.time(time))
        }
        func end(_ account: String?, _ time: Int64) -> Bool {
            list.end(key, of: account, at: Self.time(time))
        }
        #expect(add(nil, 10))
        #expect(!add(nil, 11))
        #expect(add("ada", 10))
        #expect(!end("ben", 20))
        #expect(end(nil, 20))
        #expect(!end(nil, 30))
        #expect(add(nil, 40))
        #expect(list.keys.map(\.account) == [nil, "ada", nil])
        let held = [9, 10, 19, 20, 39, 40].map { time in
            list.keys.contains { $0.account == nil && $0.holds(at: Self.time(time)) }
        }
        #expect(held == [false, true, true, false, false, true])
        #expect(end(nil, 30))
        #expect(list.keys.last?.until == Self.time(40))
    }

    @Test("comes back from its file, whatever order keys are named in")
    func roundTrip() throws {
        let named: [(UInt8, String?)] = [(1, nil), (2, nil), (2, "ada"), (2, "Ada"), (3, "ben")]
        let added = try named.map { (try Self.key($0.0), $0.1) }
        var texts: Set<[UInt8]> = []
        for keys in [added, added.reversed()] {
            var list = PayoutKeyList()
            for (key, account) in keys { _ = list.add(key, of: account, from: Self.time(5)) }
            _ = list.end(try Self.key(2), of: "ada", at: Self.time(6))
            #expect(list.keys.count == 5 && list.keys.count { $0.until != nil } == 1)
            texts.insert(list.canonicalJSON.bytes)
            #expect(try PayoutKeyList(json: list.canonicalJSON.bytes) == list)
        }
        #expect(texts.count == 1)
    }

    @Test("is refused where it is not as it would be written")
    func refused() throws {
        var list = PayoutKeyList()
        _ = list.add(try Self.key(1), of: nil, from: Self.time(5))
        _ = list.add(try Self.key(2), of: "ada", from: Self.time(6))
        let text = String(decoding: list.canonicalJSON.bytes, as: UTF8.self)
        let wrong = [
            text + "\n", text.replacing("\"from\":5", with: "\"from\":7"),
            text.replacing("\"until\":null", with: "\"until\":4"),
            text.replacing("waggle-payout-keys/1", with: "waggle-payout-keys/2"),
            text.replacing("\"account\":null,", with: ""),
            text.replacing("\"from\":5", with: "\"from\":5,\"x\":1"),
            text.replacing(try Self.key(1).hex, with: String(repeating: "0", count: 64)),
        ]
        for other in wrong {
            #expect(other != text)
            #expect(throws: JSONError.self, "\(other)") { try PayoutKeyList(json: Array(other.utf8)) }
        }
    }
}
