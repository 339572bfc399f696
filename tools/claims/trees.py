"""Section 1 of docs/claims.md: the trees over claims, and their proofs."""

from hashlib import sha256

from .keccak import keccak256


def keccak_node(a, b):
    return keccak256(min(a, b) + max(a, b))


def sha256_node(a, b):
    return sha256(b"\1" + min(a, b) + max(a, b)).digest()


class Heap:
    """OpenZeppelin's: the root first, the children of node i at 2i + 1 and 2i + 2."""

    def __init__(self, leaves):
        order = sorted(range(len(leaves)), key=lambda index: leaves[index])
        last = 2 * len(leaves) - 2
        self.nodes = [b""] * (last + 1)
        self.places = [0] * len(leaves)
        for rank, index in enumerate(order):
            self.places[index] = last - rank
            self.nodes[last - rank] = leaves[index]
        for place in range(last - len(leaves), -1, -1):
            self.nodes[place] = keccak_node(self.nodes[2 * place + 1], self.nodes[2 * place + 2])

    @property
    def root(self):
        return self.nodes[0]

    def proof(self, index):
        """The siblings of a leaf, from its own to that below the root."""
        place, path = self.places[index], []
        while place:
            path.append(self.nodes[place - 1 if place % 2 == 0 else place + 1])
            place = (place - 1) // 2
        return path


class Layers:
    """Each node is over two of the layer below. The last one of an odd layer is joined with itself, or goes up as it is."""

    def __init__(self, leaves, node, is_sorted, joins_itself):
        order = sorted(range(len(leaves)), key=lambda index: leaves[index]) if is_sorted else range(len(leaves))
        self.places = {index: place for place, index in enumerate(order)}
        self.layers = [[leaves[index] for index in order]]
        self._joins_itself = joins_itself
        while len(below := self.layers[-1]) > 1:
            above = [node(*pair) for pair in zip(below[::2], below[1::2])]
            if len(below) % 2:
                above.append(node(below[-1], below[-1]) if joins_itself else below[-1])
            self.layers.append(above)

    @property
    def root(self):
        return self.layers[-1][0]

    def proof(self, index):
        """The siblings of a leaf, from its own to that below the root."""
        place, path = self.places[index], []
        for layer in self.layers[:-1]:
            sibling = place ^ 1
            if sibling < len(layer):
                path.append(layer[sibling])
            elif self._joins_itself:
                path.append(layer[place])
            place //= 2
        return path


def proves(leaf, path, root, node):
    """Whether a proof leads from a leaf to the root."""
    for sibling in path:
        leaf = node(leaf, sibling)
    return leaf == root
