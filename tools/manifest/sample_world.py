"""Makes up drives and their frames for chains: who drives where, and what becomes of each frame."""

from .conventions import DAY_MS, GEOHASH, MAX_INTEGER, WEEK_MS

# Names that are easily mixed up: by case, by Unicode normalisation, by white space, and by the order of UTF-16.
CONTRIBUTORS = [
    "anna", "Anna", "zo\u00eb", "zoe\u0308", "\u540d\u524d", "\U0001f41d-cam", "\ufb01sh", "fish", "tab\tquote\"back\\slash",
    "bob", "bob ", "\u03a9", "\u2126", "\u007f\u0000", "\ue000"]
DEVICES = [None, "cam-1", "CAM-1", "cam-\u00e9", "cam-e\u0301", "cam-2"]
DRIVES = ["drive", "Drive", "d\u00e9", "\U0001f697", "\uff44"]
PLACES = ["u33db2", "u33db2", "u33db2", "u33db8", "u33d00", "u2edk8", "9q8yyk", "r3gx2f", "s00000", "kzf0tv", "zzzzzz", "000000"]
TRACE_RULES = ["trace.teleport", "trace.acceleration", "trace.constant_speed", "trace.too_smooth", "trace.frozen", "trace.motion",
               "trace.turning"]
REJECTIONS = [
    "time.missing", "time.before_2000", "time.future", "time.disputed", "position.missing", "position.not_finite",
    "position.out_of_range", "position.null_island", "position.impossible_speed", "position.gap", "position.disputed",
    "position.inaccurate", "privacy.zone", "privacy.trim", "privacy.unblurred", "image.missing", "image.damaged",
    "image.too_large", "image.unsupported", "image.too_small", "quality.dark", "quality.overexposed", "quality.covered",
    "quality.blurred"]
DUPLICATES = ["duplicate.exact", "duplicate.near", "duplicate.standstill"]


def middle(cell):
    """Latitude and longitude of a cell's middle in 10^-7 degree."""
    edges = [[-1_800_000_000, 1_800_000_000], [-900_000_000, 900_000_000]]
    for index in range(5 * len(cell)):
        side, half = edges[index % 2], sum(edges[index % 2]) // 2
        bit = GEOHASH.index(cell[index // 5]) >> (4 - index % 5) & 1
        side[1 - bit] = half
    return sum(edges[1]) // 2, sum(edges[0]) // 2


def hexadecimal(random):
    return f"{random.getrandbits(256):064x}"


class World:
    """Drives by number. A frame here is a line of verdicts.jsonl to be, with its place in ten characters as 'place'."""

    def __init__(self, random):
        self.random, self._drives = random, 0
        self.earlier = []  # ids of frames that may be duplicated
        self.fleet = {name: random.sample(DEVICES, random.randint(1, 3)) for name in CONTRIBUTORS}

    def special_drives(self, week_start):
        """A drive of one frame each for those who get nothing for a reason of their own, where nobody else drives; and one of two
        frames, the last of this week and the first of the next."""
        middle_of_week, end = week_start + WEEK_MS // 2, week_start + WEEK_MS
        yield self._special("quiet", [middle_of_week])
        yield self._special("again, too soon", [middle_of_week + 1_000])
        yield self._special("headless", [middle_of_week], octant=None)
        yield self._special("dull", [middle_of_week], octant=3, quality=0)
        yield self._special("over the end", [end - 1, end], octant=4)

    def _special(self, contributor, times, octant=2, quality=1000):
        self._drives += 1
        drive = {"contributor": contributor, "device": None, "drive": f"single-{self._drives:05}", "flags": [],
                 "received_at": times[-1] + 60_000, "upload": f"upload {self._drives}"}
        common = {name: drive[name] for name in ("contributor", "drive", "received_at", "upload")}
        return drive, [
            {**common, "frame": f"{drive['drive']}/{number}", "captured_at": time, "sha256": hexadecimal(self.random),
             "place": "gcpvj0du6h", "verdict": "accepted", "quality": quality, "heading_octant": octant, "factors": {}}
            for number, time in enumerate(times)]

    def drive(self, week_start):
        """A drive within a week or over its end, and its frames."""
        random = self.random
        self._drives += 1
        contributor = random.choice(CONTRIBUTORS[:1 + int(random.triangular(0, len(CONTRIBUTORS) - 1, 2))])
        name = f"{random.choice(DRIVES)}-{self._drives:05}"
        start = week_start + random.randrange(WEEK_MS)
        if random.random() < 0.1:
            start = week_start + WEEK_MS - random.randrange(600_000)
        flags = sorted(random.sample(TRACE_RULES, random.randint(1, 2))) if random.random() < 0.25 else []
        drive = {"contributor": contributor, "device": random.choice(self.fleet[contributor]), "drive": name, "flags": flags,
                 "received_at": 0, "upload": f"upload {self._drives // 2} of {contributor}"}
        frames, time, place = [], start, random.choice(PLACES)
        step = random.choice([0, 1_000, 2_000, 30_000])
        for number in range(random.randint(3, 40)):
            time += random.randint(0, step)
            frames.append(self._frame(drive, f"{name}/{number}", time, place))
        latest = max(frame["captured_at"] or start for frame in frames if (frame["captured_at"] or 0) < MAX_INTEGER)
        delay = random.choice([60_000, DAY_MS // 2, DAY_MS, 3 * DAY_MS, random.randrange(45 * DAY_MS)])
        drive["received_at"] = max(latest, time) + 1 + delay
        for frame in frames:
            frame["received_at"] = drive["received_at"]
        return drive, frames

    def _frame(self, drive, name, time, place):
        random = self.random
        frame = {"captured_at": time, "contributor": drive["contributor"], "drive": drive["drive"], "frame": name,
                 "upload": drive["upload"], "sha256": hexadecimal(random),
                 "place": place + "".join(random.choices("0bh", [6, 3, 1], k=2)) + "".join(random.choices("07z", k=2))}
        draw = random.random()
        if draw < 0.7 or (draw < 0.85 and not self.earlier):
            self._accept(frame)
        elif draw < 0.85:
            frame.update(verdict="duplicate", rule=random.choice(DUPLICATES), of=random.choice(self.earlier))
            if frame["rule"] == "duplicate.near":
                frame.update(value=random.randrange(32), limit=31, unit="bits")
        else:
            self._reject(frame, random.choice(REJECTIONS))
        self.earlier = [*self.earlier[-50:], name]
        return frame

    def _accept(self, frame):
        random = self.random
        quality = random.choice([0, 1, 333, 500, 500, 800, 999, 1000, 1000])
        frame.update(verdict="accepted", quality=quality, heading_octant=random.choice([None, 0, 0, 0, 1, 4, 7]),
                     factors={"sharpness": quality, "a_b": 1000} if quality else {})
        if random.random() < 0.5:
            frame["location"] = hexadecimal(random)

    def _reject(self, frame, rule):
        random = self.random
        frame.update(verdict="rejected", rule=rule)
        if rule in ("privacy.zone", "privacy.trim"):
            del frame["sha256"]
            frame["captured_at"] = None
        elif rule == "time.missing":
            frame["captured_at"] = None
        elif rule == "time.before_2000":
            frame.update(captured_at=-MAX_INTEGER, value=-MAX_INTEGER, limit=946_684_800_000, unit="ms")
        elif rule == "time.future":
            frame.update(captured_at=MAX_INTEGER, value=MAX_INTEGER, unit="ms", message="a\u00f1o \"9999\"\n\\ \u001b\u2028")
        elif rule in ("image.missing", "image.damaged"):
            del frame["sha256"]
            frame["message"] = "can't be read \U0001f4f7"
