/// Keccak-256 as Ethereum uses it: the Keccak of 2011 with a rate of 136 bytes.
///
/// SHA3-256 of FIPS 202 differs in one byte of the padding (6 where this has 1) and gives other hashes.
enum Keccak256 {
    /// Bytes that go into the state between two permutations.
    static let rate = 136

    /// The hash of `bytes`.
    static func hash(_ bytes: [UInt8]) -> ClaimHash {
        var state = KeccakState()
        let whole = bytes.count / rate * rate
        for start in stride(from: 0, to: whole, by: rate) {
            state.absorb(bytes[start..<start + rate])
            state.permute()
        }
        var last = Array(bytes[whole...])
        last.append(1)
        last.append(contentsOf: repeatElement(0, count: rate - last.count))
        last[rate - 1] |= 0x80
        state.absorb(last[...])
        state.permute()
        return state.squeezed
    }

    /// The hash of the 32 bytes of `hash`.
    static func hash(of hash: ClaimHash) -> ClaimHash {
        var state = KeccakState()
        (state.a0, state.a1, state.a2, state.a3) = hash.littleEndianLanes
        state.a4 = 1
        state.a16 = 1 << 63
        state.permute()
        return state.squeezed
    }

    /// The hash of the 64 bytes of `left` and `right`.
    static func hash(of left: ClaimHash, _ right: ClaimHash) -> ClaimHash {
        var state = KeccakState()
        (state.a0, state.a1, state.a2, state.a3) = left.littleEndianLanes
        (state.a4, state.a5, state.a6, state.a7) = right.littleEndianLanes
        state.a8 = 1
        state.a16 = 1 << 63
        state.permute()
        return state.squeezed
    }
}

extension KeccakState {
    /// Adds one block of ``Keccak256/rate`` bytes.
    fileprivate mutating func absorb(_ block: ArraySlice<UInt8>) {
        block.withUnsafeBytes { bytes in
            func lane(_ place: Int) -> UInt64 {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
            }
            a0 ^= lane(0)
            a1 ^= lane(1)
            a2 ^= lane(2)
            a3 ^= lane(3)
            a4 ^= lane(4)
            a5 ^= lane(5)
            a6 ^= lane(6)
            a7 ^= lane(7)
            a8 ^= lane(8)
            a9 ^= lane(9)
            a10 ^= lane(10)
            a11 ^= lane(11)
            a12 ^= lane(12)
            a13 ^= lane(13)
            a14 ^= lane(14)
            a15 ^= lane(15)
            a16 ^= lane(16)
        }
    }

    /// The first 32 bytes.
    fileprivate var squeezed: ClaimHash { ClaimHash(littleEndianLanes: (a0, a1, a2, a3)) }
}
