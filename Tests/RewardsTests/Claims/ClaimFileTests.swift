import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Claim files")
struct ClaimFileTests {
    private static func sets(_ count: Int) throws -> [ClaimSet] {
        var numbers = SplitMix64(seed: 21)
        return try ClaimSchemes.names.map { try ClaimLawTests.set($0, count, &numbers) }
    }

    @Test("are canonical JSON and come back as they were", arguments: [0, 1, 2, 3, 17])
    func roundTrip(count: Int) throws {
        for set in try Self.sets(count) {
            let bytes = ClaimFile.bytes(set)
            #expect(try CanonicalJSON(JSONReader.read(bytes)).bytes == bytes)
            let read = try ClaimFile.read(bytes)
            #expect(read.claims == set.claims && read.root == set.root && read.total == set.total)
            #expect(read.schemeName == set.schemeName && read.totals == set.totals)
        }
    }

    @Test("say all a claimant needs")
    func members() throws {
        let address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
        let set = try ClaimSet(
            "uniswap", decimals: 18, [("eve", 500_000, address), ("ada", 1_500_000, address)],
            unbound: [AccountTotal(account: "ben", points: 7)])
        let root = try #require(set.root)
        let expected =
            #"{"claims":[{"accounts":[{"account":"ada","points":"1500000"},{"account":"eve","points":"500000"}],"#
            + #""address":"\#(address)","amount":"2000000000000000000","index":0,"proof":[]}],"decimals":18,"epoch":"2026-03-02","format":"waggle-claims/1","parameters":{},"#
            + #""root":"\#(root)","scale":"1000000000000","scheme":"uniswap","total":"2000000000000000000","#
            + #""unbound":[{"account":"ben","points":"7"}]}"#
        #expect(String(decoding: ClaimFile.bytes(set), as: UTF8.self) == expected)
    }

    @Test("are refused with any bit flipped, or cut short, or longer")
    func everyBit() throws {
        for set in try Self.sets(3) {
            let bytes = ClaimFile.bytes(set)
            for bit in 0..<bytes.count * 8 {
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                // A letter of an account or of the epoch makes another file that is right in itself.
                if let read = try? ClaimFile.read(changed) {
                    try #require(
                        read.totals != set.totals || read.epoch != set.epoch, "\(set.schemeName), bit \(bit)")
                    try #require(ClaimFile.bytes(read) == changed)
                    try #require(read.claims.map(\.address) == set.claims.map(\.address))
                    try #require(read.root == set.root)
                }
            }
            for count in 0..<bytes.count {
                #expect(throws: JSONError.self) { try ClaimFile.read(Array(bytes.prefix(count))) }
            }
            #expect(throws: JSONError.self) { try ClaimFile.read(bytes + [0x0A]) }
        }
    }

    @Test("with a wrong proof, root or sum are refused at the byte")
    func wrongByte() throws {
        let set = try Self.sets(4)[0]
        let text = String(decoding: ClaimFile.bytes(set), as: UTF8.self)
        for marker in ["\"proof\":[\"0x", "\"root\":\"0x", "\"total\":\"", "\"scale\":\""] {
            let start = try #require(text.firstRange(of: marker)).upperBound
            let place = text.utf8.distance(from: text.startIndex, to: start)
            var bytes = Array(text.utf8)
            bytes[place] = bytes[place] == UInt8(ascii: "2") ? UInt8(ascii: "3") : UInt8(ascii: "2")
            #expect(throws: JSONError(reason: "not what the claims give", place: "byte \(place)")) {
                try ClaimFile.read(bytes)
            }
        }
    }

    @Test("of other shapes are refused")
    func shapes() throws {
        let good = String(decoding: ClaimFile.bytes(try Self.sets(2)[0]), as: UTF8.self)
        let changes = [
            ("\"claims\":[", "\"claims\": ["), ("\"decimals\":9", "\"decimals\":09"),
            ("\"decimals\":9", "\"decimals\":99999"), ("\"decimals\":9", "\"decimals\":-9"),
            ("\"decimals\":9", "\"decimals\":9.0"), ("waggle-claims/1", "waggle-claims/2"),
            ("\"scheme\":\"oz\"", "\"scheme\":\"jito\""), ("\"scheme\":\"oz\"", "\"scheme\":\"\""),
            ("\"unbound\":[]", "\"unbound\":[{\"account\":\"x\",\"points\":\"0\"}]"),
            ("\"unbound\":[]", "\"unbound\":[{\"account\":\"account-0\",\"points\":\"1\"}]"),
            ("\"unbound\":[]", "\"unbound\":[]]"), ("\"amount\":\"", "\"amount\":\"0"),
            ("\"amount\":\"", "\"amount\":\"-"), ("\"account\":\"account-0\"", "\"account\":null"),
            ("\"accounts\":[{", "\"accounts\":[],\"x\":[{"), ("\"points\":\"", "\"points\":\"0"),
            ("\"account\":\"account-0\"", "\"account\":\"\\u0061ccount-0\""),
            (
                "\"parameters\":{}",
                "\"parameters\":{\"reward_token\":\"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"}"
            ),
        ]
        for (old, new) in changes {
            let range = try #require(good.firstRange(of: old), "\(old)")
            let bad = good.replacingCharacters(in: range, with: new)
            #expect(throws: JSONError.self, "\(new)") { try ClaimFile.read(Array(bad.utf8)) }
        }
        for text in ["", "{", "null", "{\"claims\":[", "[]", String(repeating: "[", count: 100_000)] {
            #expect(throws: JSONError.self) { try ClaimFile.read(Array(text.utf8)) }
        }
    }

    @Test("for OpenZeppelin's library hold the tree and where each value lies")
    func dump() throws {
        for set in try Self.sets(9) {
            var bytes: [UInt8] = []
            let isWritten = StandardDump.write(set) { bytes += $0 }
            #expect(isWritten == ["oz", "morpho"].contains(set.schemeName))
            guard isWritten else { continue }
            #expect(try CanonicalJSON(JSONReader.read(bytes)).bytes == bytes)
            var reader = try JSONObjectReader(JSONReader.read(bytes))
            #expect(try reader.string("format") == "standard-v1")
            let nodes = try reader.array("tree")
            #expect(nodes.count == 17)
            #expect(nodes.first == .string(try #require(set.root).description))
            for (claim, value) in zip(set.claims, try reader.array("values")) {
                var entry = try JSONObjectReader(value)
                let place = Int(try entry.integer("treeIndex"))
                #expect(nodes[place] == .string(set.scheme.leaf(of: claim, at: 0).description))
                #expect(try entry.array("value").last == .string(String(claim.amount)))
            }
        }
        let empty = try ClaimSet("oz", decimals: 6, [])
        #expect(!StandardDump.write(empty) { _ in })
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
