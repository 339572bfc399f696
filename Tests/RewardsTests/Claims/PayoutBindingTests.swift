import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Payout bindings")
struct PayoutBindingTests {
    private static let (ada, ben) = (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
    )

    private static func key(_ number: UInt8) throws -> SigningKey {
        try #require(SigningKey(seed: [UInt8](repeating: number, count: 32)))
    }

    private static func operatorKey(_ number: UInt8) throws -> PayoutKey {
        PayoutKey(
            key: try key(number).verifyingKey(), account: nil, from: UTCTime(milliseconds: 0), until: nil)
    }

    private static func binding(
        _ account: String = "ada", _ address: String = ada, at: Int64 = 1000, by number: UInt8 = 1
    ) throws -> PayoutBinding {
        try PayoutBinding(
            account: account, scheme: "oz", address: address, at: UTCTime(milliseconds: at), key: key(number))
    }

    @Test("come back from their files, and are named by what they say")
    func roundTrip() throws {
        let binding = try Self.binding()
        let read = try PayoutBinding(json: binding.canonicalJSON.bytes)
        #expect(read == binding)
        let statement =
            #"{"account":"ada","address":"\#(Self.ada)","at":1000,"format":"waggle-binding/1","key":"#
            + #""\#(binding.key.hex)","scheme":"oz"}"#
        #expect(binding.id == .of(statement))
        #expect(binding.key.isValid(binding.signature, of: Array(statement.utf8)))
        #expect(try Self.binding().id == binding.id)
    }

    @Test("are refused with any bit flipped")
    func everyBit() throws {
        let bytes = try Self.binding().canonicalJSON.bytes
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: PayoutBindingRefusal.self, "bit \(bit)") { try PayoutBinding(json: changed) }
        }
    }

    @Test("of other forms are refused")
    func hostile() throws {
        let good = try Self.binding().canonicalJSON.text
        let bad = [
            "", "{}", "null", "[]", good + "\n", " " + good, String(good.dropLast()),
            good.replacing("\"at\":1000", with: "\"at\":1000.0"),
            good.replacing("\"at\":1000", with: "\"at\":1e3"),
            good.replacing("\"at\":1000", with: "\"at\":9007199254740993"),
            good.replacing("\"at\":1000", with: "\"at\":1000,\"at\":1000"),
            good.replacing("\"at\":1000", with: "\"at\":1000,\"b\":1"),
            good.replacing("\"scheme\":\"oz\"", with: "\"scheme\":\"uniswap\""),
            good.replacing("waggle-binding/1", with: "waggle-binding/2"),
            String(repeating: "[", count: 5000),
            "{\"account\":\"" + String(repeating: "a", count: 5000) + "\"}",
        ]
        for text in bad {
            #expect(throws: PayoutBindingRefusal.self, "\(text.prefix(80))") {
                try PayoutBinding(json: Array(text.utf8))
            }
        }
    }

    @Test("of no account, scheme or address are not made")
    func badMembers() {
        for (account, scheme, address, member) in [
            ("", "oz", Self.ada, "account"), ("a b", "oz", Self.ada, "account"),
            ("\u{E9}", "oz", Self.ada, "account"),
            (String(repeating: "a", count: 201), "oz", Self.ada, "account"), ("a", "OZ", Self.ada, "scheme"),
            ("a", "jito", Self.ada, "address"), ("a", "oz", Self.ada.lowercased(), "address"),
        ] {
            let error = #expect(throws: PayoutBindingError.self) {
                try PayoutBinding(
                    account: account, scheme: scheme, address: address, at: UTCTime(milliseconds: 0),
                    key: Self.key(1))
            }
            #expect(error?.member == member)
        }
    }

    @Test("count by time and id, up to the seal, whatever order they come in")
    func latest() throws {
        let operators = try [1, 2].map { try Self.operatorKey($0) }
        let tied = try [
            Self.binding("ada", Self.ada, at: 2000, by: 1), Self.binding("ada", Self.ben, at: 2000, by: 2),
        ]
        let winner = try #require(tied.max { $0.id < $1.id })
        let all =
            try tied + [
                Self.binding("ada", Self.ben, at: 1000),
                Self.binding("ada", "0x52908400098527886E0F7030069857D2E4169EE7", at: 3000),
                Self.binding("cleo", Self.ben, at: 2999),
            ]
        var numbers = SplitMix64(seed: 31)
        for _ in 0..<50 {
            let book = PayoutBook(
                all.shuffled(using: &numbers), scheme: "oz", before: UTCTime(milliseconds: 3000),
                signers: PayoutSigners(operators))
            #expect(book.address(of: "ada") == winner.address)
            #expect(book.address(of: "cleo")?.text == Self.ben)
            #expect(book.address(of: "Ada") == nil)
        }
        let other = PayoutBook(
            all, scheme: "jito", before: UTCTime(milliseconds: 3000),
            signers: PayoutSigners(operators))
        #expect(other.address(of: "ada") == nil)
    }

    @Test("of a device bind its owner's account while its key holds, and no other")
    func signers() throws {
        let device = try PayoutKey(
            key: Self.key(5).verifyingKey(), account: "ada", from: UTCTime(milliseconds: 1000),
            until: UTCTime(milliseconds: 2000))
        let signers = try PayoutSigners([Self.operatorKey(1), device])
        #expect(signers.accept(try Self.binding("ben", by: 1)))
        #expect(signers.accept(try Self.binding("ada", at: 1000, by: 5)))
        #expect(signers.accept(try Self.binding("ada", at: 1999, by: 5)))
        #expect(!signers.accept(try Self.binding("ada", at: 999, by: 5)))
        #expect(!signers.accept(try Self.binding("ada", at: 2000, by: 5)))
        #expect(!signers.accept(try Self.binding("ben", at: 1500, by: 5)))
        #expect(!signers.accept(try Self.binding("ada", at: 1500, by: 6)))
        let book = PayoutBook(
            [try Self.binding("ben", at: 1500, by: 5)], scheme: "oz", before: UTCTime(milliseconds: 9000),
            signers: signers)
        #expect(book.address(of: "ben") == nil)
    }
}
