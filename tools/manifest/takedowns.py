"""Section 5.9 of docs/manifest.md: what can be checked of takedowns without positions."""


def order(record):
    return record["at"], record["id"]


class Takedowns:
    """The takedowns of this and all earlier manifests."""

    def __init__(self):
        self.by_id, self._by_target = {}, {}

    def add(self, records):
        for record in records:
            self.by_id[record["id"]] = record
            if record["kind"] != "zone":
                same = self._by_target.setdefault((record["kind"], record["target"]), [])
                same.append(record)
                same.sort(key=order)

    def first(self, frame):
        """The first takedown of a kind other than zone that matches a frame, or None."""
        found = [same[0] for kind in ("frame", "drive") if (same := self._by_target.get((kind, frame[kind])))]
        found += [record for record in self._by_target.get(("contributor", frame["contributor"]), ())
                  if frame["received_at"] <= record["at"]][:1]
        return min(found, key=order, default=None)

    def fault(self, frame):
        """What is wrong with the verdict on a frame, or None."""
        accepted, withdrawn = frame["verdict"] == "accepted", frame.get("rule") == "takedown"
        if not accepted and not withdrawn:
            return None
        first = self.first(frame)
        if accepted:
            return f"expected a rejection by takedown {first['id']}, found it accepted" if first else None
        name, _, reason = frame["message"].partition(" ")
        named = self.by_id.get(name)
        if named is None or named["reason"] != reason:
            return f"message: {frame['message']!a:.100} names no takedown published so far"
        if named["kind"] == "zone":
            if first and order(first) < order(named):
                return f"message: expected takedown {first['id']}, which is before the zone {name}"
        elif named is not first:
            return f"message: expected {'takedown ' + first['id'] if first else 'no takedown to match'}, found {name}"
        return None
