"""Section 3 of docs/log.md: the files of a log's entries and hashes."""

from .tree import WIDTH, Tree, leaf

ENTRIES = "entries"


def path_of(level, number, width=WIDTH):
    """The path of a tile below 'tile'; the level of bundles is ENTRIES."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"{level}/{'/'.join(reversed(groups))}{partial}"


def widths(count):
    """The tiles that hold so many hashes or entries of one level, as (number, width)."""
    for number in range(-(-count // WIDTH)):
        yield number, min(WIDTH, count - WIDTH * number)


def bundled(data):
    """The entries of a bundle; ValueError where it breaks off."""
    result, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at:at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise ValueError(f"entry {len(result)} of the bundle breaks off")
        result.append(data[at + 2:end])
        at = end
    return result


def bundle(entries):
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def hashes(data):
    """The hashes of a tile; ValueError where it breaks off."""
    if len(data) % 32:
        raise ValueError(f"{len(data)} bytes are no whole number of hashes")
    return [data[at:at + 32] for at in range(0, len(data), 32)]


class Store:
    """The files below the directory 'log'."""

    def __init__(self, directory):
        self.directory = directory

    def read(self, level, number, width):
        """The entries or hashes of a tile, from its file or from that of the full one; with the path.

        FileNotFoundError where neither is there, ValueError with a path and a reason where it does not hold as many.
        """
        for whole in (width, WIDTH):
            path = self.directory / "tile" / path_of(level, number, whole)
            if path.is_file():
                break
        else:
            raise FileNotFoundError(f"log/tile/{path_of(level, number, width)}")
        try:
            values = (bundled if level == ENTRIES else hashes)(path.read_bytes())
            if len(values) != whole:
                raise ValueError(f"expected {whole} of them, found {len(values)}")
        except ValueError as error:
            raise ValueError(f"log/{path.relative_to(self.directory)}: {error}") from None
        return values[:width], f"log/{path.relative_to(self.directory)}"

    def entries(self, size):
        """The first entries of the log, in order."""
        for number, width in widths(size):
            yield from self.read(ENTRIES, number, width)[0]

    def write(self, entries, sizes):
        """Writes all tiles of the log as they were at each of these sizes. For tests."""
        tree = Tree(map(leaf, entries))
        for size in sizes:
            for number, width in widths(size):
                self._write(ENTRIES, number, width, bundle(entries[WIDTH * number:WIDTH * number + width]))
            level = 0
            while values := tree.tile(level, size):
                for number, width in widths(len(values)):
                    self._write(level, number, width, b"".join(values[WIDTH * number:WIDTH * number + width]))
                level += 1
        return tree

    def _write(self, level, number, width, data):
        path = self.directory / "tile" / path_of(level, number, width)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
