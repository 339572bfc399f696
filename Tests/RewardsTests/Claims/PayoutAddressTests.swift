import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Payout addresses")
struct PayoutAddressTests {
    /// The test cases of EIP-55: all capitals, all small, mixed.
    static let checksummed = [
        "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ]

    @Test("take the case of EIP-55", arguments: checksummed)
    func checksum(text: String) throws {
        let address = try EVMAddress.read(text)
        #expect(address.text == text)
        #expect(try EVMAddress.address(address.bytes) == address)
        #expect(Hexadecimal.text(address.bytes) == text.dropFirst(2).lowercased())
    }

    @Test("refuse every other case of a letter", arguments: checksummed)
    func otherCase(text: String) {
        let characters = Array(text.utf8)
        for place in 2..<characters.count where characters[place] > UInt8(ascii: "9") {
            var other = characters
            other[place] ^= 0x20
            #expect(throws: ClaimError.self) { try EVMAddress.read(String(decoding: other, as: UTF8.self)) }
        }
    }

    @Test("of another form are no EVM address")
    func malformed() {
        let good = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
        let bad = [
            "", "0x", String(good.dropFirst(2)), good + "0", String(good.dropLast()),
            "0X" + good.dropFirst(2),
            good.lowercased(), "0x" + good.dropFirst(2).uppercased(), " " + good.dropLast(), good + "\n",
            "0x" + String(repeating: "0", count: 40), "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Be\u{C5}d", "vitalik.eth",
        ]
        for text in bad {
            #expect(throws: ClaimError.self, "\(text)") { try EVMAddress.read(text) }
        }
        #expect(
            throws: ClaimError.badAddress(
                good.lowercased(), reason: "it carries no checksum: write its letters as EIP-55 says")
        ) {
            try EVMAddress.read(good.lowercased())
        }
        #expect(throws: ClaimError.self) { try EVMAddress.address([1, 2, 3]) }
        #expect(throws: ClaimError.self) { try EVMAddress.address([UInt8](repeating: 0, count: 20)) }
    }

    @Test(
        "in base 58 are as Bitcoin writes them (bitcoin/bitcoin, base58_encode_decode.json)",
        arguments: [
            ("", ""), ("61", "2g"), ("626262", "a3gV"), ("636363", "aPEr"),
            ("73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"),
            ("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"),
            ("516b6fcd0f", "ABnLTmg"), ("bf4f89001e670274dd", "3SEo3LWLoPntC"), ("572e4794", "3EFU7m"),
            ("ecac89cad93923c02321", "EJDM8drfXA6uyA"), ("10c8511e", "Rt5zm"),
            ("00000000000000000000", "1111111111"),
        ])
    func base58(hex: String, text: String) throws {
        #expect(SolanaKey.text(try #require(Hexadecimal.bytes(hex))) == text)
    }

    @Test(
        "of Solana have 32 bytes",
        arguments: [
            // Solana's token program and its rent account, whose ids are published with their bytes.
            (
                "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
                "06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9"
            ),
            (
                "SysvarRent111111111111111111111111111111111",
                "06a7d517192c5c51218cc94c3d4af17f58daee089ba1fd44e3dbd98a00000000"
            ),
        ])
    func solana(text: String, hex: String) throws {
        let key = try SolanaKey.read(text)
        #expect(Hexadecimal.text(key.bytes) == hex)
        #expect(try SolanaKey.address(key.bytes) == key)
    }

    @Test("of another form are no Solana key")
    func malformedKeys() {
        let good = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
        let bad = [
            "", "1", good + "1", "1" + good, String(good.dropLast()), "0" + good.dropFirst(),
            "O" + good.dropFirst(), "I" + good.dropFirst(), "l" + good.dropFirst(), " " + good, good + " ",
            // The zero key, one digit less, 31 zero bytes before a byte that is none, and 2^256.
            String(repeating: "1", count: 32), String(repeating: "1", count: 31),
            String(repeating: "1", count: 44),
            "JEKNVnkbo3jma5nREBBJCDoXFVeKkD56V3xKrvRmWxFH", String(repeating: "z", count: 44),
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", String(repeating: "2", count: 5000),
        ]
        for text in bad {
            #expect(throws: ClaimError.self, "\(text)") { try SolanaKey.read(text) }
        }
        #expect(throws: ClaimError.self) { try SolanaKey.address([1]) }
    }

    @Test("come back from their texts", arguments: [1, 2] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<1000 {
            // Leading zero bytes are what a base-58 text can get wrong.
            let zeros = Int.random(in: 0...8, using: &numbers)
            let key =
                [UInt8](repeating: 0, count: zeros)
                + (zeros..<32).map { _ in UInt8.random(in: 0...255, using: &numbers) }
            guard key.contains(where: { $0 != 0 }) else { continue }
            for scheme in ClaimSchemes.all {
                let bytes = ClaimLawTests.isOfSolana(scheme.name) ? key : Array(key.prefix(19)) + [1]
                let address = try scheme.address(of: bytes)
                try #require(address.bytes == bytes, "seed \(seed), round \(round)")
                try #require(try scheme.address(address.text) == address, "seed \(seed), round \(round)")
            }
        }
    }
}
