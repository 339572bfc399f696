"""Keccak-256 with the padding of 2011, which Ethereum uses: SHA3-256 of hashlib pads otherwise.

The state is a list of 25 words of 64 bits, word (x, y) at x + 5 y, as in "The Keccak reference", version 3.0.
"""

RATE = 136  # bytes: 200 - 2 x 32
MASK = (1 << 64) - 1


def _round_constants():
    """Section 1.2 of the reference: bits of a linear feedback register over x^8 + x^6 + x^5 + x^4 + 1."""
    register = 1
    for _ in range(24):
        word = 0
        for power in range(7):
            if register & 1:
                word |= 1 << (1 << power) - 1
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        yield word


def _moves():
    """rho and pi together: to each place, the place it is filled from, and by how many bits that is rotated."""
    moves, x, y = [(0, 0)] * 25, 1, 0
    for step in range(24):
        from_place, (x, y) = x + 5 * y, (y, (2 * x + 3 * y) % 5)
        moves[x + 5 * y] = from_place, (step + 1) * (step + 2) // 2 % 64
    return moves


ROUND_CONSTANTS = list(_round_constants())
MOVES = _moves()


def _permuted(a):
    for constant in ROUND_CONSTANTS:
        c0, c1, c2, c3, c4 = (a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5))
        d = (
            c4 ^ (c1 << 1 & MASK | c1 >> 63), c0 ^ (c2 << 1 & MASK | c2 >> 63), c1 ^ (c3 << 1 & MASK | c3 >> 63),
            c2 ^ (c4 << 1 & MASK | c4 >> 63), c3 ^ (c0 << 1 & MASK | c0 >> 63)) * 5
        a = [word ^ other for word, other in zip(a, d)]
        b = [(a[place] << bits | a[place] >> 64 - bits) & MASK for place, bits in MOVES]
        a = []
        for y in (0, 5, 10, 15, 20):
            b0, b1, b2, b3, b4 = b[y:y + 5]
            a += b0 ^ ~b1 & b2, b1 ^ ~b2 & b3, b2 ^ ~b3 & b4, b3 ^ ~b4 & b0, b4 ^ ~b0 & b1
        a[0] ^= constant
    return a


def absorbed(padded):
    """The first 32 bytes of the sponge after whole blocks."""
    state = [0] * 25
    for start in range(0, len(padded), RATE):
        block = padded[start:start + RATE]
        words = (int.from_bytes(block[at:at + 8], "little") for at in range(0, RATE, 8))
        state = _permuted([word ^ next(words, 0) for word in state])
    return b"".join(word.to_bytes(8, "little") for word in state[:4])


def keccak256(data):
    padded = bytearray(data)
    padded.append(1)
    padded += bytes(-len(padded) % RATE)
    padded[-1] |= 0x80
    return absorbed(padded)
