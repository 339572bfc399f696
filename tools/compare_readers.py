#!/usr/bin/env python3
"""Holds what Waggle reads of photos and traces against exiftool, gpsd (gpsdecode) and gpsbabel.

    swift build -c release --product print-readings
    tools/compare_readers.py FOLDER...

Every file below the folders is read by all. Of an image: size, position, time, direction, speed, dilution and error; of a
trace: every fix by its time, with position, speed, course, dilution and satellites. What differs is explained by one of the
rules below, each of which says why the other program or the file is wrong or means something else, or it is unexplained;
then the exit status is 1. Debian: libimage-exiftool-perl, gpsd-clients, gpsbabel.
"""

import argparse
import collections
import datetime
import json
import math
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

TAGS = """GPSLatitude GPSLatitudeRef GPSLongitude GPSLongitudeRef GPSDateStamp GPSTimeStamp GPSImgDirection
    GPSImgDirectionRef GPSTrack GPSTrackRef GPSSpeed GPSSpeedRef GPSDOP GPSMeasureMode GPSHPositioningError DateTimeOriginal
    SubSecTimeOriginal OffsetTimeOriginal ImageWidth ImageHeight FileType Error Warning""".split()


def run(command, data=None):
    """The output of a program, whatever its exit status: readers of damaged files complain."""
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def milliseconds(text):
    """RFC 3339 text as milliseconds since 1970, digits beyond cut off; None for anything else."""
    match = re.fullmatch(r"(\d{4})[-:](\d\d)[-:](\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?", text or "")
    if not match:
        return None
    fields = [int(field) for field in match.groups()[:6]]
    try:
        day = datetime.datetime(*fields[:3], tzinfo=datetime.timezone.utc).timestamp()
    except ValueError:
        return None
    zone = match.group(8) or "Z"
    offset = 0 if zone == "Z" else (int(zone[1:3]) * 60 + int(zone[4:])) * (-60 if zone[0] == "-" else 60)
    fraction = int((match.group(7) or ".0")[1:4].ljust(3, "0"))
    return int(day + fields[3] * 3600 + fields[4] * 60 + fields[5] - offset) * 1000 + fraction


def number(value):
    try:
        result = float(value)
    except (TypeError, ValueError):
        return None
    return result if math.isfinite(result) else None


class Table:
    """Agreements and differences, counted by reader and field."""

    def __init__(self):
        self.counts = collections.Counter()
        self.explained = collections.defaultdict(list)
        self.unexplained = []

    def compare(self, reader, field, place, ours, theirs, tolerance=0, why=None):
        """`why` explains a difference, where it is one; None leaves it unexplained."""
        if ours is None and theirs is None:
            return
        same = ours is not None and theirs is not None and abs(ours - theirs) <= tolerance
        if not same and field == "direction" and ours is not None and theirs is not None:
            same = abs((ours - theirs + 180) % 360 - 180) <= tolerance
        if same:
            self.counts[reader, field, "equal"] += 1
        elif why:
            self.counts[reader, field, "explained"] += 1
            self.explained[reader, field, why].append(place)
        else:
            self.counts[reader, field, "unexplained"] += 1
            self.unexplained.append(f"{place}: {field} {ours}, {reader} {theirs}")

    def text(self):
        lines = ["| reader | field | equal | explained | unexplained |", "|---|---|---|---|---|"]
        for reader, field in sorted({key[:2] for key in self.counts}):
            values = [self.counts[reader, field, kind] for kind in ("equal", "explained", "unexplained")]
            lines.append(f"| {reader} | {field} | {' | '.join(map(str, values))} |")
        lines += ["", "Explained:"]
        for (reader, field, why), places in sorted(self.explained.items()):
            lines.append(f"- {reader}, {field}: {why} ({len(places)}; first {places[0]})")
        lines += ["", "Unexplained:"] + [f"- {line}" for line in self.unexplained or ["nothing"]]
        return "\n".join(lines)


# Photos


def exif_time(tags):
    """The time that docs/formats.md takes, from exiftool's tags, and whether it is the one by GPS."""
    day, clock = str(tags.get("GPSDateStamp", "")), str(tags.get("GPSTimeStamp", ""))
    if day and clock and not day.startswith("1970:01:01"):
        time = milliseconds(f"{day} {clock}".replace("\0", ""))
        if time is not None:
            return time
    local = str(tags.get("DateTimeOriginal", ""))
    offset = str(tags.get("OffsetTimeOriginal", "")).strip()
    fraction = re.match(r"\d+", str(tags.get("SubSecTimeOriginal", "")))
    if re.search(r"(Z|[+-]\d\d:\d\d)$", local):  # Of XMP, which has the zone in the same text.
        return milliseconds(local)
    return milliseconds(local + ("." + fraction.group() if fraction else "") + (offset or "Z"))


def compare_photo(table, path, ours, tags):
    name = pathlib.Path(path).name
    fix = ours.get("fix") or {}
    latitude, longitude = number(tags.get("GPSLatitude")), number(tags.get("GPSLongitude"))
    why = None
    if not fix and (tags.get("GPSLatitudeRef") not in ("N", "S") or tags.get("GPSLongitudeRef") not in ("E", "W")):
        why = "without its hemisphere a coordinate is none here; exiftool shows the number without a sign"
    elif not fix and latitude is None or longitude is None:
        why = "half a position is none"
    signs = {"S": -1, "W": -1}
    if latitude is not None:
        latitude = abs(latitude) * signs.get(tags.get("GPSLatitudeRef"), 1)
    if longitude is not None:
        longitude = abs(longitude) * signs.get(tags.get("GPSLongitudeRef"), 1)
    table.compare("exiftool", "latitude", name, fix.get("latitude"), latitude, 1e-9, why)
    table.compare("exiftool", "longitude", name, fix.get("longitude"), longitude, 1e-9, why)
    table.compare("exiftool", "time", name, ours.get("captured"), exif_time(tags), 1)
    if fix:
        heading = number(tags.get("GPSImgDirection"))
        reference = str(tags.get("GPSImgDirectionRef", "")).strip()
        if heading is None or reference not in ("", "T"):
            heading, reference = number(tags.get("GPSTrack")), str(tags.get("GPSTrackRef", "")).strip()
        table.compare(
            "exiftool", "direction", name, fix.get("heading"), heading, 1e-6,
            "against magnetic north, which is not taken" if reference == "M" else None)
        factors = {"K": 1 / 3.6, "M": 0.44704, "N": 1852 / 3600, "": 1 / 3.6}
        speed = number(tags.get("GPSSpeed"))
        factor = factors.get(str(tags.get("GPSSpeedRef", "")).strip())
        table.compare(
            "exiftool", "speed", name, fix.get("speed"), None if speed is None or factor is None else speed * factor, 1e-6)
        spatial = str(tags.get("GPSMeasureMode", "")) == "3"
        table.compare(
            "exiftool", "dilution", name, fix.get("hdop"), number(tags.get("GPSDOP")), 1e-6,
            "of a position in space, which is not the horizontal one" if spatial else None)
        table.compare("exiftool", "error", name, fix.get("error"), number(tags.get("GPSHPositioningError")), 1e-6)
    if "size" in ours:
        for field, own, tag in (("width", ours["size"][0], "ImageWidth"), ("height", ours["size"][1], "ImageHeight")):
            table.compare("exiftool", field, name, own, number(tags.get(tag)))


# Traces


def gpsd_fixes(path):
    """gpsd's reports by time; of one time the last, which knows most."""
    fixes = {}
    for line in run(["gpsdecode", "-j"], pathlib.Path(path).read_bytes()).decode("utf-8", "replace").splitlines():
        try:
            report = json.loads(line)
        except ValueError:
            continue
        time = milliseconds(report.get("time"))
        if report.get("class") == "TPV" and report.get("mode", 0) >= 2 and time is not None and "lat" in report:
            fixes[time] = {
                "latitude": report["lat"], "longitude": report["lon"], "speed": report.get("speed"),
                "heading": report.get("track"),
            }
    return fixes


def gpsbabel_fixes(path, kind):
    """gpsbabel's track by time, through its own GPX."""
    text = run(["gpsbabel", "-t", "-i", kind, "-f", str(path), "-o", "gpx,gpxver=1.0", "-F", "-"])
    try:
        root = xml.etree.ElementTree.fromstring(text)
    except xml.etree.ElementTree.ParseError:
        return {}
    fixes = {}
    for point in root.iter("{http://www.topografix.com/GPX/1/0}trkpt"):
        values = {child.tag.split("}")[1]: child.text for child in point}
        time = milliseconds(values.get("time"))
        if time is not None:
            fixes.setdefault(time, {
                "latitude": float(point.get("lat")), "longitude": float(point.get("lon")), "speed": number(values.get("speed")),
                "heading": number(values.get("course")), "hdop": number(values.get("hdop")), "satellites": number(values.get("sat")),
            })
    return fixes


FIELDS = {
    # Half of the last digit that gpsd (9 places, 3 of a metre per second, 4 of a degree) and gpsbabel (9, 6, 6) print, and
    # what a number leaves; gpsbabel keeps a course in 24 bits.
    "gpsd": {"latitude": 6e-10, "longitude": 6e-10, "speed": 6e-4, "heading": 6e-4},
    "gpsbabel": {"latitude": 6e-10, "longitude": 6e-10, "speed": 6e-7, "heading": 4e-5, "hdop": 6e-7, "satellites": 0},
}
# A tenth of a kilometre per hour and of a knot, halved.
VTG_ROUNDING = 0.05 / 3.6 + 0.05 * 1852 / 3600
NAMES = {"heading": "direction", "hdop": "dilution"}


def explanation(reader, field, around, theirs, witness):
    """Why `field` of a fix, between those before and behind it, differs from `theirs`; `witness` is what gpsd has."""
    before, ours, behind = (fix.get(field) for fix in around)
    other = theirs.get(field)
    if other is None:
        return "in the file, and not taken over by the other program"
    if reader == "gpsd" and field == "speed" and theirs.get("heading") is None:
        return "computed from two positions by gpsd, which reports before VTG tells it"
    close = VTG_ROUNDING if field == "speed" else FIELDS[reader][field]
    if reader == "gpsbabel" and field == "speed" and ours is not None and abs(ours - other) <= close:
        return "gpsbabel takes the kilometres per hour of VTG, which have fewer digits than the knots of RMC"
    if reader == "gpsbabel" and any(value is not None and abs(value - other) <= close for value in (before, behind)):
        return "gpsbabel gives a fix what the sentences of the second before said, where RMC is not the first of a second"
    if reader == "gpsbabel" and field == "satellites" and ours == 0:
        return "gpsbabel counts those of GSA where GGA says 0"
    if ours is None and field == "heading" and other == 0:
        return "an empty field, which is 0 to gpsbabel"
    seen = (witness or {}).get(field)
    if reader == "gpsbabel" and other == 0 and None not in (ours, seen) and abs(ours - seen) <= FIELDS["gpsd"][field]:
        return "0 to gpsbabel; gpsd reads what is read here"
    return None


def compare_trace(table, path, ours, summary):
    name = pathlib.Path(path).name
    kind = "gpx" if ours["format"] == "gpx" else "nmea"
    others = {"gpsbabel": gpsbabel_fixes(path, kind)}
    if kind == "nmea":
        others["gpsd"] = gpsd_fixes(path)
    own = {}
    for fix in ours["fixes"]:
        if "time" in fix:
            own.setdefault(fix["time"], fix)
    witnesses = {}
    for reader, theirs in sorted(others.items(), reverse=True):
        note = ""
        if not own.keys() & theirs.keys():
            # gpsd takes no time from before it was built, and puts such a one 1024 weeks, or twice that, later.
            for weeks in (1024, 2048):
                moved = {time - weeks * 7 * 86_400_000: fix for time, fix in theirs.items()}
                if own.keys() & moved.keys():
                    theirs, note = moved, f", its times {weeks} weeks earlier"
        if reader == "gpsd":
            witnesses = theirs
        common = own.keys() & theirs.keys()
        summary.append((name, reader + note, len(own), len(theirs), len(common)))
        order = sorted(own)
        places = {time: place for place, time in enumerate(order)}
        for time in sorted(common):
            around = [
                own[order[place]] if 0 <= place < len(order) else {} for place in range(places[time] - 1, places[time] + 2)]
            for field, tolerance in FIELDS[reader].items():
                mine, other = own[time].get(field), theirs[time].get(field)
                table.compare(
                    reader, NAMES.get(field, field), f"{name} at {time}", mine, other, tolerance,
                    explanation(reader, field, around, theirs[time], witnesses.get(time)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    parser.add_argument("--program", default=".build/release/print-readings")
    arguments = parser.parse_args()
    files = sorted(str(file) for folder in arguments.folders for file in folder.rglob("*") if file.is_file())
    table, summary, refused = Table(), [], collections.Counter()
    readings = [json.loads(line) for line in run([arguments.program, *files]).decode().splitlines()]
    if len(readings) != len(files):
        sys.exit(f"{len(readings)} of {len(files)} files were read")
    images = [reading["file"] for reading in readings if reading["kind"] == "image"]
    options = ["-n", "-j", "-m", *(f"-{tag}" for tag in TAGS)]
    tags = {}
    if images:
        for record in json.loads(run(["exiftool", *options, *images]) or b"[]"):
            tags[record["SourceFile"]] = record
    for reading in readings:
        path = reading["file"]
        if "refused" in reading:
            refused[reading["refused"].split(":")[0].split(" at ")[0]] += 1
            if reading["kind"] == "trace":
                print(f"refused: {pathlib.Path(path).name}: {reading['refused'][:200]}")
        if reading["kind"] == "image":
            compare_photo(table, path, reading, tags.get(path, {}))
        elif "fixes" in reading:
            compare_trace(table, path, reading, summary)
    print(f"{len(files)} files, of which refused: {sum(refused.values())} {dict(sorted(refused.items()))}")
    print("\n| trace | reader | our fixes | its fixes | of one time |\n|---|---|---|---|---|")
    for row in summary:
        print(f"| {' | '.join(map(str, row))} |")
    print(f"\n{table.text()}")
    sys.exit(1 if table.unexplained else 0)


if __name__ == "__main__":
    main()
