import Canonical
import Testing

@testable import Rewards

@Suite("The list of payout keys")
struct PayoutKeyListTests {
    private static func signer(_ number: UInt8) throws -> SigningKey {
        try #require(SigningKey(seed: [UInt8](repeating: number, count: 32)))
    }

    private static func key(_ number: UInt8) throws -> VerifyingKey { try signer(number).verifyingKey() }

    private static func time(_ milliseconds: Int64) -> UTCTime { UTCTime(milliseconds: milliseconds) }

    /// Key 1 names itself, then key 2, then key 5 for ada; key 2 ends key 1.
    private static func list() throws -> PayoutKeyList {
        var list = PayoutKeyList()
        try list.append(.add, key(1), of: nil, at: time(10), signedWith: signer(1))
        try list.append(.add, key(2), of: nil, at: time(20), signedWith: signer(1))
        try list.append(.add, key(5), of: "ada", at: time(20), signedWith: signer(2))
        try list.append(.end, key(1), of: nil, at: time(30), signedWith: signer(2))
        return list
    }

    /// Lines changed by hand, each followed by its line feed.
    private static func file(_ lines: [[UInt8]]) -> [UInt8] {
        lines.flatMap { $0 + [UInt8(ascii: "\n")] }
    }

    private static func code(_ bytes: [UInt8]) -> PayoutListError.Code? {
        #expect(throws: PayoutListError.self) { try PayoutKeyList(bytes: bytes) }?.code
    }

    @Test("keeps every key, and when it held")
    func history() throws {
        var list = try Self.list()
        try list.append(.add, Self.key(1), of: nil, at: Self.time(40), signedWith: Self.signer(2))
        #expect(list.keys.map(\.account) == [nil, nil, "ada", nil])
        let held = try ([9, 10, 29, 30, 39, 40] as [Int64]).map { time in
            let key = try Self.key(1)
            return list.keys.contains { $0.key == key && $0.holds(at: Self.time(time)) }
        }
        #expect(held == [false, true, true, false, false, true])
        #expect(try list.root == Self.key(1))
        #expect(try list.holds(Self.key(5), of: "ada") && !list.holds(Self.key(5), of: nil))
        #expect(try !list.holds(Self.key(5), of: "Ada"))
        #expect(try list.ends(with: .add, of: Self.key(1), of: nil))
    }

    @Test("comes back from its file")
    func roundTrip() throws {
        let list = try Self.list()
        #expect(try PayoutKeyList(bytes: list.bytes) == list)
        let hex = try (Self.key(1).hex, Self.key(2).hex)
        let first =
            #"{"account":null,"at":10,"by":"\#(hex.0)","change":"add","format":"waggle-payout-key/1","key":"#
            + #""\#(hex.0)","prev":null}"#
        let second =
            #"{"account":null,"at":20,"by":"\#(hex.0)","change":"add","format":"waggle-payout-key/1","key":"#
            + #""\#(hex.1)","prev":"\#(ContentHash.of(first).hex)"}"#
        #expect(list.changes.prefix(2).map(\.id) == [.of(first), .of(second)])
        #expect(try Self.key(1).isValid(list.changes[1].signature, of: Array(second.utf8)))
    }

    @Test("is refused with any bit flipped")
    func everyBit() throws {
        let bytes = try Self.list().bytes
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: PayoutListError.self, "bit \(bit)") { try PayoutKeyList(bytes: changed) }
        }
    }

    @Test("is refused with a line left out, doubled, moved, or of another list")
    func everyLine() throws {
        let lines = try Self.list().changes.map(\.line)
        for place in lines.indices.dropLast() {
            var less = lines
            less.remove(at: place)
            #expect(Self.code(Self.file(less)) == .chain)
            var moved = lines
            moved.swapAt(place, place + 1)
            #expect(Self.code(Self.file(moved)) == .chain)
        }
        for place in lines.indices {
            var more = lines
            more.insert(lines[place], at: place)
            #expect(Self.code(Self.file(more)) == .chain)
        }
        var other = PayoutKeyList()
        try other.append(.add, Self.key(1), of: nil, at: Self.time(11), signedWith: Self.signer(1))
        #expect(Self.code(Self.file([other.changes[0].line] + lines.dropFirst())) == .chain)
    }

    /// Whoever can write the file, and has no operator's key, or one that was ended.
    @Test("is refused with a change by a key that does not hold")
    func strangers() throws {
        let list = try Self.list()
        func code(
            _ signer: UInt8, _ by: UInt8, _ at: Int64, of account: String? = nil,
            previous: ContentHash? = list.changes.last?.id
        ) throws -> PayoutListError.Code? {
            let statement = PayoutKeyChange.Statement(
                kind: .add, key: try Self.key(9), account: account, at: Self.time(at), by: try Self.key(by),
                previous: previous)
            let change = try PayoutKeyChange(statement, signedWith: Self.signer(signer))
            let lines = list.changes.map(\.line) + [change.line]
            return Self.code(Self.file(lines))
        }
        // Signed by the stranger in the operator's name, and in its own.
        #expect(try code(9, 2, 40) == .signature)
        #expect(try code(9, 9, 40) == .chain)
        // By the key that was ended, dated behind and before its end; by a device's key, for its own account too.
        #expect(try code(1, 1, 40) == .chain)
        #expect(try code(1, 1, 25) == .chain)
        #expect(try code(5, 5, 40) == .chain)
        #expect(try code(5, 5, 40, of: "ada") == .chain)
        // By the operator, and earlier than what was last; beside the chain.
        #expect(try code(2, 2, 29) == .chain)
        #expect(try code(2, 2, 40, previous: list.changes[2].id) == .chain)
        // A list of the stranger's own is sound in itself, and rests on another key.
        var own = PayoutKeyList()
        try own.append(.add, Self.key(9), of: nil, at: Self.time(10), signedWith: Self.signer(9))
        let read = try PayoutKeyList(bytes: own.bytes)
        let error = #expect(throws: PayoutListError.self) { try read.require(root: Self.key(1)) }
        #expect(error?.code == .foreign)
        try list.require(root: Self.key(1))
        let missing = #expect(throws: PayoutListError.self) {
            try PayoutKeyList().require(root: Self.key(1))
        }
        #expect(missing?.code == .foreign && missing?.description.contains("names no key") == true)
    }

    @Test("refuses changes that change nothing, or that may not be first")
    func needless() throws {
        var list = try Self.list()
        let before = list
        let bad: [(PayoutKeyChange.Kind, UInt8, String?, UInt8)] = [
            (.add, 2, nil, 2), (.add, 5, "ada", 2), (.end, 1, nil, 2), (.end, 5, "ben", 2), (.end, 5, nil, 2),
            (.add, 6, "", 2), (.add, 6, "a b", 2), (.add, 6, String(repeating: "a", count: 201), 2),
            (.add, 6, nil, 1), (.add, 6, nil, 5),
        ]
        for (kind, key, account, signer) in bad {
            #expect(throws: PayoutListError.self, "\(kind) \(key)") {
                try list.append(
                    kind, Self.key(key), of: account, at: Self.time(50), signedWith: Self.signer(signer))
            }
        }
        #expect(list == before)
        var empty = PayoutKeyList()
        for (kind, key, account) in [
            (PayoutKeyChange.Kind.end, UInt8(1), String?.none), (.add, 2, nil), (.add, 1, "ada"),
        ] {
            #expect(throws: PayoutListError.self) {
                try empty.append(
                    kind, Self.key(key), of: account, at: Self.time(1), signedWith: Self.signer(1))
            }
        }
        #expect(empty == PayoutKeyList() && empty.head == nil && empty.root == nil)
    }

    @Test("cut short or replaced is seen by whoever kept how far it went")
    func heads() throws {
        let list = try Self.list()
        let head = try #require(list.head)
        #expect(head.count == 4 && head.id == list.changes[3].id)
        #expect(try PayoutListHead(json: head.canonicalJSON.bytes) == head)
        try list.require(head)
        var longer = list
        try longer.append(.add, Self.key(7), of: "ben", at: Self.time(50), signedWith: Self.signer(2))
        try longer.require(head)
        let lines = list.changes.map(\.line)
        for count in 1...3 {
            let short = try PayoutKeyList(bytes: Self.file(Array(lines.prefix(count))))
            #expect(throws: PayoutListError.self) { try short.require(head) }
        }
        // The stolen key that line 4 ended goes on as if it had not been.
        var other = try PayoutKeyList(bytes: Self.file(Array(lines.prefix(3))))
        try other.append(.end, Self.key(2), of: nil, at: Self.time(30), signedWith: Self.signer(1))
        let error = #expect(throws: PayoutListError.self) { try other.require(head) }
        #expect(error?.code == .foreign && error?.isOfSignature == true)
        for text in [
            "", "{}", "null", #"{"count":0,"format":"waggle-payout-head/1","sha256":"\#(head.id.hex)"}"#,
            #"{"count":1,"format":"waggle-payout-head/2","sha256":"\#(head.id.hex)"}"#,
            #"{"count":1,"format":"waggle-payout-head/1","sha256":"00"}"#,
        ] {
            #expect(throws: JSONError.self, "\(text)") { try PayoutListHead(json: Array(text.utf8)) }
        }
    }

    @Test("of other forms is refused")
    func hostile() throws {
        let good = String(decoding: try Self.list().bytes, as: UTF8.self)
        let bad = [
            "", "\n", "{}\n", "null\n", good + "\n", "\n" + good, String(good.dropLast()), good + "{",
            good.replacing("\"at\":10,", with: "\"at\":10.0,"),
            good.replacing("\"at\":10,", with: "\"at\":1e1,"),
            good.replacing("\"at\":10,", with: "\"at\":9007199254740993,"),
            good.replacing("\"at\":10,", with: "\"at\":10,\"at\":10,"),
            good.replacing("\"at\":10,", with: "\"at\":10,\"b\":1,"),
            good.replacing("\"account\":null,", with: ""),
            good.replacing("waggle-payout-key/1", with: "waggle-payout-key/2"),
            good.replacing("\"change\":\"add\"", with: "\"change\":\"keep\""),
            good.replacing(try Self.key(1).hex, with: String(repeating: "0", count: 64)),
            String(repeating: "[", count: 5000) + "\n",
            "{\"account\":\"" + String(repeating: "a", count: 5000) + "\"}\n",
        ]
        for text in bad {
            #expect(throws: PayoutListError.self, "\(text.prefix(80))") {
                try PayoutKeyList(bytes: Array(text.utf8))
            }
        }
    }
}
