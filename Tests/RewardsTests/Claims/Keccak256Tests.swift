import Canonical
import SeededNumbers
import Testing

@testable import Rewards

@Suite("Keccak-256")
struct Keccak256Tests {
    /// From the Keccak team's `ShortMsgKAT_256.txt`: 0, 1, 33, 64, 135, 136, 137 and 255 bytes. The rate is 136.
    static let known: [(message: String, hash: String)] = [
        (
            "",
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        ),
        (
            "cc",
            "eead6dbfc7340a56caedc044696a168870549a6a7f6f56961e84a54bd9970b8a"
        ),
        (
            "de8f1b3faa4b7040ed4563c3b8e598253178e87e4d0df75e4ff2f2dedd5a0be046",
            "e78c421e6213aff8de1f025759a4f2c943db62bbde359c8737e19b3776ed2dd2"
        ),
        (
            "e926ae8b0af6e53176dbffcc2a6b88c6bd765f939d3d178a9bde9ef3aa131c61e31c1e42cdfaf4b4dcde579a"
                + "37e150efbef5555b4c1cb40439d835a724e2fae7",
            "574271cd13959e8ddeae5bfbdb02a3fdf54f2babfd0cbeb893082a974957d0c1"
        ),
        (
            "b771d5cef5d1a41a93d15643d7181d2a2ef0a8e84d91812f20ed21f147bef732bf3a60ef4067c3734b85bc8c"
                + "d471780f10dc9e8291b58339a677b960218f71e793f2797aea349406512829065d37bb55ea796fa4f56fd889"
                + "6b49b2cd19b43215ad967c712b24e5032d065232e02c127409d2ed4146b9d75d763d52db98d949d3b0fed6a8"
                + "052fbb",
            "bd6f5492582a7c1b116304de28314df9fffe95b0da11af52fe9440a717a34859"
        ),
        (
            "b32d95b0b9aad2a8816de6d06d1f86008505bd8c14124f6e9a163b5a2ade55f835d0ec3880ef50700d3b25e4"
                + "2cc0af050ccd1be5e555b23087e04d7bf9813622780c7313a1954f8740b6ee2d3f71f768dd417f520482bd3a"
                + "08d4f222b4ee9dbd015447b33507dd50f3ab4247c5de9a8abd62a8decea01e3b87c8b927f5b08beb37674c6f"
                + "8e380c04",
            "e717a7769448abbe5fef8187954a88ac56ded1d22e63940ab80d029585a21921"
        ),
        (
            "04410e31082a47584b406f051398a6abe74e4da59bb6f85e6b49e8a1f7f2ca00dfba5462c2cd2bfde8b64fb2"
                + "1d70c083f11318b56a52d03b81cac5eec29eb31bd0078b6156786da3d6d8c33098c5c47bb67ac64db14165af"
                + "65b44544d806dde5f487d5373c7f9792c299e9686b7e5821e7c8e2458315b996b5677d926dac57b3f22da873"
                + "c601016a0d",
            "a95d50b50b4545f0947441df74a1e9d74622eb3baa49c1bbfc3a0cce6619c1aa"
        ),
        (
            "3a3a819c48efde2ad914fbf00e18ab6bc4f14513ab27d0c178a188b61431e7f5623cb66b23346775d386b50e"
                + "982c493adbbfc54b9a3cd383382336a1a0b2150a15358f336d03ae18f666c7573d55c4fd181c29e6ccfde63e"
                + "a35f0adf5885cfc0a3d84a2b2e4dd24496db789e663170cef74798aa1bbcd4574ea0bba40489d764b2f83aad"
                + "c66b148b4a0cd95246c127d5871c4f11418690a5ddf01246a0c80a43c70088b6183639dcfda4125bd113a8f4"
                + "9ee23ed306faac576c3fb0c1e256671d817fc2534a52f5b439f72e424de376f4c565cca82307dd9ef76da5b7"
                + "c4eb7e085172e328807c02d011ffbf33785378d79dc266f6a5be6bb0e4a92eceebaeb1",
            "348fb774adc970a16b1105669442625e6adaa8257a89effdb5a802f161b862ea"
        ),
        // Ethereum: Keccak-256 of "abc".
        ("616263", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ]

    @Test("has the published hashes", arguments: known)
    func publishedHashes(message: String, hash: String) throws {
        let bytes = try #require(Hexadecimal.bytes(message))
        #expect(Keccak256.hash(bytes).description == "0x" + hash)
    }

    @Test("is not SHA3-256")
    func isNotSHA3() {
        #expect(
            Keccak256.hash([]).description
                != "0xa7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a")
    }

    @Test("of 32 and 64 bytes has a shorter way to the same hash", arguments: [1, 2] as [UInt64])
    func shorterWays(seed: UInt64) throws {
        var numbers = SplitMix64(seed: seed)
        for round in 0..<500 {
            let (left, right) = (ClaimHash.random(&numbers), ClaimHash.random(&numbers))
            try #require(
                Keccak256.hash(of: left) == Keccak256.hash(left.bytes), "seed \(seed), round \(round)")
            try #require(
                Keccak256.hash(of: left, right) == Keccak256.hash(left.bytes + right.bytes),
                "seed \(seed), round \(round)")
        }
    }

    @Test("changes with every bit of a message of 137 bytes")
    func everyBit() {
        let message = [UInt8](repeating: 0x5A, count: 137)
        var hashes: Set<ClaimHash> = [Keccak256.hash(message)]
        for bit in 0..<message.count * 8 {
            var changed = message
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            hashes.insert(Keccak256.hash(changed))
        }
        #expect(hashes.count == 1 + 137 * 8)
    }
}

extension ClaimHash {
    static func random(_ numbers: inout SplitMix64) -> ClaimHash {
        ClaimHash(littleEndianLanes: (numbers.next(), numbers.next(), numbers.next(), numbers.next()))
    }
}
