"""Section 3 of docs/log.md: the tree over entries, its proofs (section 6), and which hashes its tiles hold."""

from manifest.conventions import sha256

WIDTH = 256
EMPTY = sha256(b"")


def leaf(data):
    return sha256(b"\0" + data)


def node(left, right):
    return sha256(b"\1" + left + right)


class Tree:
    """All full subtrees over some leaf hashes: the ones of height h, from the left, are heights[h]."""

    def __init__(self, leaves):
        self.heights = [list(leaves)]
        while len(below := self.heights[-1]) > 1:
            self.heights.append([node(*pair) for pair in zip(below[::2], below[1::2])])

    def __len__(self):
        return len(self.heights[0])

    def root(self, size=None):
        """The root over the first leaves, or over all."""
        return self._over(0, len(self) if size is None else size)

    def _over(self, start, end):
        """The hash over some leaves; start is a multiple of the greatest power of two that is not above their number."""
        if start == end:
            return EMPTY
        digest = None
        for begin, height in reversed(_full(start, end)):
            full = self.heights[height][begin >> height]
            digest = full if digest is None else node(full, digest)
        return digest

    def inclusion(self, index, size):
        """The inclusion proof of a leaf in the tree over the first ones, its sibling first."""
        start, end, path = 0, size, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return path[::-1]

    def tile(self, level, size):
        """All hashes of a level of tiles, of the tree over the first leaves."""
        height = 8 * level
        return self.heights[height][:size >> height] if height < len(self.heights) else []


def _split(count):
    """The greatest power of two below a number."""
    return 1 << (count - 1).bit_length() - 1


def _full(start, end):
    """The full subtrees, as (first leaf, height), that leaves from start to end consist of."""
    result = []
    while start < end:
        height = (end - start).bit_length() - 1
        result.append((start, height))
        start += 1 << height
    return result


def root_of(leaf_hash, index, size, proof):
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); ValueError where its length is not right."""
    if index >= size:
        raise ValueError(f"leaf {index} of a tree of {size}")
    number, last, digest = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise ValueError(f"a proof of {len(proof)} hashes, which are too many for leaf {index} of {size}")
        if number & 1 or number == last:
            digest = node(sibling, digest)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            digest = node(digest, sibling)
        number, last = number >> 1, last >> 1
    if last:
        raise ValueError(f"a proof of {len(proof)} hashes, which are too few for leaf {index} of {size}")
    return digest
