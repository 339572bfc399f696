"""Ed25519 as RFC 8032, section 5.1, has it, on Python's integers.

Nothing here is safe against somebody who measures time: keys made with it are for tests.
"""

import functools
import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def _add(a, b):
    """The sum of two points in extended coordinates (X, Y, Z, T), section 5.1.4."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


@functools.lru_cache(maxsize=256)
def _doubled(point):
    """The point times 1, 2, 4 and so on: kept, as a few keys sign nearly everything."""
    points = [point]
    for _ in range(255):
        points.append(_add(points[-1], points[-1]))
    return points


def _times(scalar, point):
    """The product with a scalar below 2^256."""
    result = NEUTRAL
    for doubled in _doubled(point):
        if not scalar:
            break
        if scalar & 1:
            result = _add(result, doubled)
        scalar >>= 1
    return result


def _equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def _decoded(data):
    """The point of 32 bytes, section 5.1.3; None where they are none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _encoded(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _decoded((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def _scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


@functools.lru_cache(maxsize=256)
def _key(public):
    """The point of a public key; None where it is none, or one of small order, whose signatures fit many messages."""
    point = _decoded(public) if len(public) == 32 else None
    return None if point is None or _equal(_times(8, point), NEUTRAL) else point


def is_key(public):
    """Whether some bytes are a public key."""
    return _key(public) is not None


def may_be_key(public):
    """Whether some bytes are canonical and not of small order. They need not be a point: then no signature is one of theirs."""
    if len(public) != 32 or int.from_bytes(public, "little") % 2**255 >= P:
        return False
    return is_key(public) or (_decoded(public) is None and int.from_bytes(public, "little") % 2**255 not in (1, P - 1))


def verify(public, message, signature):
    """Whether the signature is one of the message, section 5.1.7, by the equation without the cofactor."""
    a = _key(public)
    if a is None or len(signature) != 64:
        return False
    r, s = _decoded(signature[:32]), int.from_bytes(signature[32:], "little")
    if r is None or s >= L:
        return False
    return _equal(_times(s, BASE), _add(r, _times(_scalar(signature[:32], public, message), a)))


def _expanded(secret):
    digest = hashlib.sha512(secret).digest()
    return int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254, digest[32:]


def public_key(secret):
    """The public key of a secret one of 32 bytes, section 5.1.5."""
    return _encoded(_times(_expanded(secret)[0], BASE))


def sign(secret, message):
    """The signature of a message, section 5.1.6."""
    scalar, prefix = _expanded(secret)
    public = public_key(secret)
    nonce = _scalar(prefix, message)
    r = _encoded(_times(nonce, BASE))
    return r + ((nonce + _scalar(r, public, message) * scalar) % L).to_bytes(32, "little")
