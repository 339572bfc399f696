/// The state of Keccak-f[1600] and its permutation (The Keccak reference 3.0, section 1.2, which FIPS 202 took over).
///
/// The 25 lanes are variables of their own and not an array: a tree of 200,000 claims takes a million permutations, and
/// this form is what a compiler keeps in registers.
struct KeccakState {
    /// Lanes: `a` with x + 5 y.
    var (a0, a1, a2, a3, a4): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var (a5, a6, a7, a8, a9): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var (a10, a11, a12, a13, a14): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var (a15, a16, a17, a18, a19): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
    var (a20, a21, a22, a23, a24): (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)

    /// What the rounds add to the first lane: the output of the shift register of section 1.2.
    private static let constants: [UInt64] = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
        0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
        0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
        0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
        0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]

    /// Twenty-four rounds: theta, rho and pi, chi, iota.
    mutating func permute() {
        for constant in Self.constants {
            let c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20
            let c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21
            let c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22
            let c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23
            let c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24
            let d0 = c4 ^ Self.turned(c1, 1)
            let d1 = c0 ^ Self.turned(c2, 1)
            let d2 = c1 ^ Self.turned(c3, 1)
            let d3 = c2 ^ Self.turned(c4, 1)
            let d4 = c3 ^ Self.turned(c0, 1)
            let b0 = a0 ^ d0
            let b1 = Self.turned(a6 ^ d1, 44)
            let b2 = Self.turned(a12 ^ d2, 43)
            let b3 = Self.turned(a18 ^ d3, 21)
            let b4 = Self.turned(a24 ^ d4, 14)
            let b5 = Self.turned(a3 ^ d3, 28)
            let b6 = Self.turned(a9 ^ d4, 20)
            let b7 = Self.turned(a10 ^ d0, 3)
            let b8 = Self.turned(a16 ^ d1, 45)
            let b9 = Self.turned(a22 ^ d2, 61)
            let b10 = Self.turned(a1 ^ d1, 1)
            let b11 = Self.turned(a7 ^ d2, 6)
            let b12 = Self.turned(a13 ^ d3, 25)
            let b13 = Self.turned(a19 ^ d4, 8)
            let b14 = Self.turned(a20 ^ d0, 18)
            let b15 = Self.turned(a4 ^ d4, 27)
            let b16 = Self.turned(a5 ^ d0, 36)
            let b17 = Self.turned(a11 ^ d1, 10)
            let b18 = Self.turned(a17 ^ d2, 15)
            let b19 = Self.turned(a23 ^ d3, 56)
            let b20 = Self.turned(a2 ^ d2, 62)
            let b21 = Self.turned(a8 ^ d3, 55)
            let b22 = Self.turned(a14 ^ d4, 39)
            let b23 = Self.turned(a15 ^ d0, 41)
            let b24 = Self.turned(a21 ^ d1, 2)
            a0 = b0 ^ (~b1 & b2) ^ constant
            a1 = b1 ^ (~b2 & b3)
            a2 = b2 ^ (~b3 & b4)
            a3 = b3 ^ (~b4 & b0)
            a4 = b4 ^ (~b0 & b1)
            a5 = b5 ^ (~b6 & b7)
            a6 = b6 ^ (~b7 & b8)
            a7 = b7 ^ (~b8 & b9)
            a8 = b8 ^ (~b9 & b5)
            a9 = b9 ^ (~b5 & b6)
            a10 = b10 ^ (~b11 & b12)
            a11 = b11 ^ (~b12 & b13)
            a12 = b12 ^ (~b13 & b14)
            a13 = b13 ^ (~b14 & b10)
            a14 = b14 ^ (~b10 & b11)
            a15 = b15 ^ (~b16 & b17)
            a16 = b16 ^ (~b17 & b18)
            a17 = b17 ^ (~b18 & b19)
            a18 = b18 ^ (~b19 & b15)
            a19 = b19 ^ (~b15 & b16)
            a20 = b20 ^ (~b21 & b22)
            a21 = b21 ^ (~b22 & b23)
            a22 = b22 ^ (~b23 & b24)
            a23 = b23 ^ (~b24 & b20)
            a24 = b24 ^ (~b20 & b21)
        }
    }

    @inline(__always)
    private static func turned(_ lane: UInt64, _ bits: UInt64) -> UInt64 {
        lane << bits | lane >> (64 &- bits)
    }
}
