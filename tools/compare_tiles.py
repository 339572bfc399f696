#!/usr/bin/env python3
"""Holds what `waggle tile` says of an archive against readers that share no code with it.

    tools/compare_tiles.py WAGGLE ARCHIVE...

Every tile of every ARCHIVE (.pmtiles or .mbtiles) is read and decoded again:

  which tiles there are, and their uncompressed bytes   against the PyPI package pmtiles, or sqlite3 alone
  layers, features, properties and geometries           against mapbox-vector-tile and, where it is there, GDAL

Python's own library is enough for MBTiles and bytes; the rest needs packages, which a virtual environment holds best:

    python3 -m venv venv && venv/bin/pip install pmtiles mapbox-vector-tile pyogrio shapely
    venv/bin/python tools/compare_tiles.py .build/release/waggle map.pmtiles

A package that is missing is named, and what needs it is left out; --strict makes that a failure. The exit status is 1
where anything differs.
"""

import argparse
import gzip
import hashlib
import json
import math
import sqlite3
import subprocess
import sys
import tempfile

try:
    import mapbox_vector_tile
except ImportError:
    mapbox_vector_tile = None
try:
    import pmtiles.reader
except ImportError:
    pmtiles = None
try:
    import pyogrio
    import shapely
except ImportError:
    pyogrio = None


def uncompressed(content):
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def read_mbtiles(path):
    """{(z, x, y): content}, rows turned to count from the north."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = database.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
    return {(z, x, (1 << z) - 1 - y): uncompressed(content) for z, x, y, content in rows}


def read_pmtiles(path):
    with open(path, "rb") as file:
        tiles = pmtiles.reader.all_tiles(pmtiles.reader.MmapSource(file))
        return {tile: uncompressed(content) for tile, content in tiles}


class Waggle:
    def __init__(self, program, archive):
        self.program, self.archive = program, archive

    def run(self, *arguments):
        return subprocess.run(
            [self.program, "tile", *arguments, "--archive", self.archive],
            stdout=subprocess.PIPE, check=True).stdout

    def hashes(self):
        """{(z, x, y): SHA-256 of the uncompressed content}"""
        records = map(json.loads, self.run("ls", "--json").splitlines())
        return {name(r["tile"]): r["sha256"] for r in records if r["type"] == "tile"}

    def type(self):
        return json.loads(self.run("show", "--json").splitlines()[-1])["tile_type"]

    def features(self, tile):
        """{layer: [feature]}; features keep their order."""
        layers = {}
        for feature in json.loads(self.run("decode", "/".join(map(str, tile))))["features"]:
            layers.setdefault(feature["layer"], []).append(feature)
        return layers


def name(text):
    return tuple(map(int, text.split("/")))


def parts(geometry):
    """A GeoJSON geometry as a list of polygons, lines or points, whether or not it is a Multi one."""
    kind = geometry["type"]
    if kind.startswith("Multi"):
        return kind[5:], geometry["coordinates"]
    return kind, [geometry["coordinates"]]


def degrees(tile, extent, x, y):
    z, column, row = tile
    side = 1 << z
    longitude = (column + x / extent) / side * 360 - 180
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (row + y / extent) / side))))
    return longitude, latitude


def same_positions(ours, theirs):
    """Whether two lists of positions are the same, but for the rounding to 10^-7 degree."""
    return len(ours) == len(theirs) and all(
        abs(a[0] - b[0]) <= 1.01e-7 and abs(a[1] - b[1]) <= 1.01e-7 for a, b in zip(ours, theirs))


def same_rings(ours, theirs):
    """GeoJSON's rings go the other way round than those of a tile."""
    return len(ours) == len(theirs) and all(
        same_positions(list(reversed(a)), b) for a, b in zip(ours, theirs))


def same_geometry(ours, theirs, tile, extent):
    kind, mine = parts(ours)
    other, yours = parts(theirs)
    if kind != other or len(mine) != len(yours):
        return False

    def placed(line):
        return [degrees(tile, extent, x, y) for x, y in line]

    if kind == "Point":
        return same_positions(mine, placed(yours))
    if kind == "LineString":
        return all(same_positions(a, placed(b)) for a, b in zip(mine, yours))
    return all(same_rings(a, [placed(ring) for ring in b]) for a, b in zip(mine, yours))


def compare_with_mapbox(tile, content, features):
    """Differences from mapbox-vector-tile, as texts."""
    decoded = mapbox_vector_tile.decode(
        content, default_options={"y_coord_down": True, "geojson": True})
    found = {layer: value["features"] for layer, value in decoded.items() if value["features"]}
    if sorted(found) != sorted(features):
        yield f"layers {sorted(features)}, mapbox-vector-tile has {sorted(found)}"
        return
    for layer, theirs in found.items():
        ours, extent = features[layer], decoded[layer]["extent"]
        if len(ours) != len(theirs):
            yield f"{layer}: {len(ours)} features, mapbox-vector-tile has {len(theirs)}"
            continue
        for index, (a, b) in enumerate(zip(ours, theirs)):
            # It gives features without an id the id 0.
            if a.get("id", 0) != b.get("id", 0):
                yield f"{layer}[{index}]: id {a.get('id')}, mapbox-vector-tile has {b.get('id')}"
            if a["properties"] != b["properties"]:
                yield f"{layer}[{index}]: {a['properties']}, mapbox-vector-tile has {b['properties']}"
            if not same_geometry(a["geometry"], b["geometry"], tile, extent):
                yield f"{layer}[{index}]: another geometry than mapbox-vector-tile has"


def mercator(longitude, latitude):
    radius = 6378137.0
    return (
        math.radians(longitude) * radius,
        math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) * radius)


def compare_with_gdal(tile, content, features):
    """Differences from GDAL's driver MVT, as texts."""
    # Metres that 10^-7 degree may be in Web Mercator at its edge.
    tolerance = 0.15
    z, x, y = tile
    with tempfile.NamedTemporaryFile(suffix=".mvt") as file:
        file.write(content)
        file.flush()
        options = {"X": str(x), "Y": str(y), "Z": str(z), "CLIP": "NO"}
        names = [row[0] for row in pyogrio.list_layers(file.name)] if content else []
        if sorted(names) != sorted(features):
            yield f"layers {sorted(features)}, GDAL has {sorted(names)}"
            return
        for layer in names:
            meta, _, shapes, columns = pyogrio.raw.read(file.name, layer=layer, **options)
            ours = features[layer]
            if len(ours) != len(shapes):
                yield f"{layer}: {len(ours)} features, GDAL has {len(shapes)}"
                continue
            fields = list(meta["fields"])
            for index, (mine, shape) in enumerate(zip(ours, shapes)):
                theirs = shapely.get_coordinates(shapely.from_wkb(shape)).tolist()
                wanted = [mercator(*position) for position in positions(mine["geometry"]["coordinates"])]
                if not same_set(theirs, wanted, tolerance):
                    yield f"{layer}[{index}]: another {mine['geometry']['type']} than GDAL has"
                for field in fields:
                    value = columns[fields.index(field)][index]
                    if field == "mvt_id":
                        continue
                    if not same_value(mine["properties"].get(field), value):
                        yield f"{layer}[{index}]: {field} is {mine['properties'].get(field)!r}, GDAL has {value!r}"


def positions(coordinates):
    """All positions of a GeoJSON geometry."""
    if not isinstance(coordinates[0], list):
        return [coordinates]
    return [position for part in coordinates for position in positions(part)]


def same_set(ours, theirs, tolerance):
    """Whether every position has one of its own among the others: GDAL turns rings as it likes."""
    rest = list(theirs)
    for position in ours:
        match = next((p for p in rest if math.dist(p, position) <= tolerance), None)
        if match is None:
            return False
        rest.remove(match)
    return not rest


def same_value(ours, theirs):
    if theirs is None or (isinstance(theirs, float) and math.isnan(theirs)):
        return ours is None
    if isinstance(ours, bool):
        return bool(theirs) == ours
    if isinstance(ours, (int, float)):
        # A column of mixed types is text in GDAL, one of mixed numbers floating point.
        return math.isclose(float(theirs), float(ours), rel_tol=1e-6)
    return str(theirs) == str(ours)


def compare(program, archive, strict):
    waggle = Waggle(program, archive)
    with open(archive, "rb") as file:
        is_pmtiles = file.read(7) == b"PMTiles"
    if is_pmtiles and pmtiles is None:
        print(f"{archive}: skipped, the package pmtiles is not here", file=sys.stderr)
        return 1 if strict else 0
    tiles = read_pmtiles(archive) if is_pmtiles else read_mbtiles(archive)
    differences = []
    hashes = waggle.hashes()
    if hashes.keys() != tiles.keys():
        differences.append(
            f"{len(hashes.keys() - tiles.keys())} tiles too many, {len(tiles.keys() - hashes.keys())} too few")
    for tile in tiles.keys() & hashes.keys():
        if hashlib.sha256(tiles[tile]).hexdigest() != hashes[tile]:
            differences.append(f"{tile}: another content")
    features = 0
    if waggle.type() == "mvt":
        for tile in sorted(tiles):
            decoded = waggle.features(tile)
            features += sum(map(len, decoded.values()))
            if mapbox_vector_tile:
                differences += [f"{tile} {text}" for text in compare_with_mapbox(tile, tiles[tile], decoded)]
            if pyogrio:
                differences += [f"{tile} {text}" for text in compare_with_gdal(tile, tiles[tile], decoded)]
    for text in differences[:20]:
        print(f"{archive}: {text}")
    print(f"{archive}: {len(tiles)} tiles, {features} features, {len(differences)} differences")
    return 1 if differences else 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("waggle")
    parser.add_argument("archive", nargs="+")
    parser.add_argument("--strict", action="store_true", help="fail where a package is missing")
    arguments = parser.parse_args()
    missing = [name for name, module in [
        ("pmtiles", pmtiles), ("mapbox-vector-tile", mapbox_vector_tile), ("pyogrio and shapely", pyogrio),
    ] if module is None]
    for package in missing:
        print(f"not here, so not compared with: {package}", file=sys.stderr)
    failed = [compare(arguments.waggle, archive, arguments.strict) for archive in arguments.archive]
    sys.exit(1 if any(failed) or (missing and arguments.strict) else 0)


if __name__ == "__main__":
    main()
