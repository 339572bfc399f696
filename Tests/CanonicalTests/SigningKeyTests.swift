import Testing

@testable import Canonical

/// Ed25519 keys and signatures against published vectors.
struct SigningKeyTests {
    /// RFC 8032, section 7.1: secret key, public key, message, signature.
    static let vectors: [(seed: String, key: String, message: String, signature: String)] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    /// The bytes written as `hex`; none where a test has it wrong.
    private static func bytes(_ hex: String) -> [UInt8] { Hexadecimal.bytes(hex) ?? [] }

    @Test func publishedSignatures() throws {
        for vector in Self.vectors {
            let key = try #require(SigningKey(seed: Self.bytes(vector.seed)))
            let message = Self.bytes(vector.message)
            #expect(try key.verifyingKey().hex == vector.key)
            #expect(Hexadecimal.text(try key.signature(of: message)) == vector.signature)
            #expect(
                try key.verifyingKey().isValid(
                    Self.bytes(vector.signature), of: message))
        }
    }

    /// Every single wrong bit of signature, key or message, and every shorter signature.
    @Test func anyWrongBitIsNoSignature() throws {
        let vector = Self.vectors[2]
        let signature = Self.bytes(vector.signature)
        let message = Self.bytes(vector.message)
        let bytes = Self.bytes(vector.key)
        let key = try #require(VerifyingKey(bytes: bytes))
        #expect(key.isValid(signature, of: message))
        func flipped(_ bytes: [UInt8], _ bit: Int) -> [UInt8] {
            var bytes = bytes
            bytes[bit / 8] ^= 1 << (bit % 8)
            return bytes
        }
        for bit in 0..<512 { #expect(!key.isValid(flipped(signature, bit), of: message), "\(bit)") }
        for bit in 0..<16 { #expect(!key.isValid(signature, of: flipped(message, bit)), "\(bit)") }
        for bit in 0..<256 {
            let other = VerifyingKey(bytes: flipped(bytes, bit))
            #expect(other?.isValid(signature, of: message) != true, "\(bit)")
        }
        for count in 0..<64 { #expect(!key.isValid(Array(signature.prefix(count)), of: message)) }
        #expect(!key.isValid(signature + [0], of: message))
    }

    /// S + L signs the same where S is not required to be less than the order L (RFC 8032, section 5.1.7).
    @Test func theSecondFormOfASignature() throws {
        let vector = Self.vectors[1]
        var signature = Self.bytes(vector.signature)
        let order = Self.bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        var carry: UInt16 = 0
        for place in 0..<32 {
            let sum = UInt16(signature[32 + place]) + UInt16(order[place]) + carry
            signature[32 + place] = UInt8(truncatingIfNeeded: sum)
            carry = sum >> 8
        }
        #expect(carry == 0)
        let key = try #require(VerifyingKey(hex: vector.key))
        #expect(!key.isValid(signature, of: [0x72]))
    }

    /// The twelve encodings of points of small order, and the other names of points (y of p and more): as in the table
    /// of libsodium's `ge25519_has_small_order` and section 2 of "Taming the many EdDSAs" (2020).
    @Test func keysThatAnybodyCanSignFor() throws {
        let ones = String(repeating: "ff", count: 30)
        let zeros = String(repeating: "00", count: 30)
        for hex in [
            "00\(zeros)00", "00\(zeros)80", "01\(zeros)00", "01\(zeros)80", "ec\(ones)7f", "ec\(ones)ff",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "ed\(ones)7f", "ed\(ones)ff", "ee\(ones)7f", "ee\(ones)ff", "ff\(ones)ff",
        ] { #expect(VerifyingKey(hex: hex) == nil, "\(hex)") }
        #expect(VerifyingKey(hex: "eb\(ones)7f") != nil)
        #expect(VerifyingKey(hex: String(repeating: "0a", count: 31)) == nil)
        #expect(VerifyingKey(hex: String(repeating: "0A", count: 32)) == nil)
    }

    /// RFC 8410, section 10.1 and 10.3.
    @Test func publishedKeyFiles() throws {
        let secret = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----

            """
        let open = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----

            """
        let key = try SigningKey(pem: Array(secret.utf8))
        #expect(try key.verifyingKey().pem == open)
        #expect(key.pem == secret)
        let windows = open.replacing("\n", with: "\r\n") + "\r\n \t\n"
        #expect(try VerifyingKey(pem: Array(windows.utf8)) == key.verifyingKey())
        #expect(throws: KeyError("a PRIVATE KEY where a PUBLIC KEY is needed")) {
            try VerifyingKey(pem: Array(secret.utf8))
        }
        #expect(throws: KeyError("a PUBLIC KEY where a PRIVATE KEY is needed")) {
            try SigningKey(pem: Array(open.utf8))
        }
        for broken in [
            "", "\n", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
            open.replacing("MCow", with: "MCo"), open.replacing("uE=", with: "uF="),
            open.replacing("uE=", with: "uE"), open.replacing("Gb9E", with: "Gb 9E"),
            open.replacing("BQYDK2Vw", with: "BQYDK2Vv"), open.replacing("END", with: "ENDE"), open + open,
            "key:\n" + open, secret.replacing("PRIVATE", with: "RSA PRIVATE"),
            String(repeating: "=", count: 4096),
        ] {
            #expect(throws: KeyError.self, "\(broken)") { try VerifyingKey(pem: Array(broken.utf8)) }
            #expect(throws: KeyError.self, "\(broken)") { try SigningKey(pem: Array(broken.utf8)) }
        }
    }

    @Test func newKeysDiffer() throws {
        let keys = try (0..<8).map { _ in try SigningKey().verifyingKey() }
        #expect(Set(keys).count == 8)
        let key = SigningKey()
        #expect(try SigningKey(pem: Array(key.pem.utf8)).verifyingKey() == key.verifyingKey())
    }

    /// RFC 4648, section 10.
    @Test func base64() {
        let vectors = [
            "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
            "foobar": "Zm9vYmFy",
        ]
        for (plain, text) in vectors {
            #expect(Base64.text(Array(plain.utf8)) == text)
            #expect(Base64.bytes(Array(text.utf8)) == Array(plain.utf8))
        }
        for text in ["Z", "Zg", "Zg=", "Zg=a", "Zh==", "Zm9=", "====", "Zg==Zg==", "Zm9\n", "Zm9v\u{E9}"] {
            #expect(Base64.bytes(Array(text.utf8)) == nil, "\(text)")
        }
    }
}
