"""Kinds of tampering with the bytes of a chain, of which nothing else is recomputed: no root, no hash of a manifest."""

import json
import shutil

from .tampering import Kinds, NotApplicable

KINDS = Kinds()


class Copy:
    """A copy of a directory 'published' that is changed in one place."""

    def __init__(self, source, target):
        shutil.copytree(source, target)
        self.published = target
        self.epochs = sorted((target / "epochs").iterdir())

    def file(self, name, lines=1, holding=b""):
        """The first file of that name that has enough lines, of which one holds these bytes."""
        for epoch in self.epochs:
            data = (epoch / name).read_bytes()
            if data.count(b"\n") >= lines and holding in data:
                return epoch / name
        raise NotApplicable

    def manifest(self, number):
        if number >= len(self.epochs):
            raise NotApplicable
        return self.epochs[number] / "manifest.json"

    def set(self, number, **members):
        """Changes members of a manifest to what a function makes of their values."""
        path = self.manifest(number)
        manifest = json.loads(path.read_bytes())
        for name, change in members.items():
            manifest[name] = change(manifest[name])
        path.write_bytes(_compact(manifest))


def _compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _lines(name, text, file, change, lines=1, holding=b""):
    """A kind that changes the list of lines of a file."""
    def tamper(copy):
        path = copy.file(file, lines, holding)
        changed = change(path.read_bytes().split(b"\n")[:-1])
        path.write_bytes(b"".join(line + b"\n" for line in changed))
    KINDS.add(name, text, tamper)


def _replace(name, text, file, old, new):
    """A kind that replaces the first of some bytes in a file."""
    def tamper(copy):
        path = copy.file(file, 1, old)
        path.write_bytes(path.read_bytes().replace(old, new, 1))
    KINDS.add(name, text, tamper)


def _bytes(name, text, file, change, lines=1):
    def tamper(copy):
        path = copy.file(file, lines)
        path.write_bytes(change(path.read_bytes()))
    KINDS.add(name, text, tamper)


def _set(name, text, number, **members):
    KINDS.add(name, text, lambda copy: copy.set(number, **members))


def _other_digit(text):
    return ("1" if text[0] != "1" else "2") + text[1:]


def _reversed_keys(lines):
    record = json.loads(lines[0])
    text = ",".join(f"{json.dumps(key)}:{_compact(record[key]).decode()}" for key in sorted(record, reverse=True))
    return [f"{{{text}}}".encode(), *lines[1:]]


_replace("points", "scores.jsonl: the points of a pass", "scores.jsonl", b'"points":"', b'"points":"9')
_replace("paid", "awards.jsonl: what is paid to somebody", "awards.jsonl", b'"paid":"', b'"paid":"1')
_replace("verdict-text", "verdicts.jsonl: 'accepted' becomes 'rejected'", "verdicts.jsonl", b'"accepted"', b'"rejected"')
_lines("line-removed", "verdicts.jsonl: a line is removed", "verdicts.jsonl", lambda lines: lines[1:])
_lines("line-twice", "verdicts.jsonl: a line is there twice", "verdicts.jsonl", lambda lines: lines[:1] + lines)
_lines("line-order", "verdicts.jsonl: two lines change places", "verdicts.jsonl",
       lambda lines: [lines[1], lines[0], *lines[2:]], lines=2)
_lines("award-order", "awards.jsonl: two lines change places", "awards.jsonl",
       lambda lines: [lines[1], lines[0], *lines[2:]], lines=2)
_lines("award-removed", "awards.jsonl: the last line is removed", "awards.jsonl", lambda lines: lines[:-1])
_lines("blank-line", "explain.jsonl: an empty line is added", "explain.jsonl", lambda lines: [*lines, b""])
_lines("key-order", "inputs.jsonl: the keys of a line are the other way round", "inputs.jsonl", _reversed_keys)
_replace("white-space", "verdicts.jsonl: a blank behind a colon", "verdicts.jsonl", b'":', b'": ')
_replace("float", "verdicts.jsonl: quality 1000 as 1000.0", "verdicts.jsonl", b'"quality":1000', b'"quality":1000.0')
_replace("exponent", "verdicts.jsonl: quality 1000 as 1e3", "verdicts.jsonl", b'"quality":1000', b'"quality":1e3')
_replace("beyond-2-53", "verdicts.jsonl: a time above 2^53", "verdicts.jsonl",
         b'"captured_at":1', b'"captured_at":9007199254740993')
_replace("key-twice", "verdicts.jsonl: a key occurs twice", "verdicts.jsonl",
         b'"verdict":"accepted"', b'"verdict":"accepted","verdict":"accepted"')
_replace("member-unknown", "verdicts.jsonl: a member that the page does not know", "verdicts.jsonl",
         b'"verdict":"accepted"', b'"verdict":"accepted","verdicu":1')
_replace("escape", "inputs.jsonl: a letter is escaped", "inputs.jsonl", b'"contributor":"a', b'"contributor":"\\u0061')
_bytes("line-feed-missing", "awards.jsonl: the last line feed is missing", "awards.jsonl", lambda data: data[:-1])
_bytes("carriage-return", "cumulative.jsonl: lines end with CR LF", "cumulative.jsonl", lambda data: data.replace(b"\n", b"\r\n"))
_bytes("byte-order-mark", "scores.jsonl: it begins with a byte order mark", "scores.jsonl", lambda data: b"\xef\xbb\xbf" + data)
_bytes("truncated", "verdicts.jsonl: the second half is missing", "verdicts.jsonl", lambda data: data[:len(data) // 2])
_bytes("emptied", "awards.jsonl: nothing is left", "awards.jsonl", lambda data: b"")
_replace("not-utf-8", "verdicts.jsonl: a byte that is not UTF-8", "verdicts.jsonl", b'"sha256":"', b'"sha256":"\xff')
for _name in ("inputs", "verdicts", "scores", "explain", "awards", "corrections", "cumulative"):
    KINDS.add(f"{_name}-missing", f"{_name}.jsonl: the file is missing",
              lambda copy, name=_name: copy.file(f"{name}.jsonl", lines=0).unlink())
KINDS.add("manifest-missing", "manifest.json: the file is missing", lambda copy: copy.manifest(0).unlink())
_set("previous", "manifest.json: the hash of the one before", 1, previous=_other_digit)
_set("seed", "manifest.json: the seed", 0, seed=_other_digit)
_set("sealed", "manifest.json: sealed a millisecond later", 0, sealed_as_of=lambda time: time + 1)
_set("root", "manifest.json: the root of awards.jsonl", 0,
     awards=lambda summary: {**summary, "root": _other_digit(summary["root"])})
_set("count", "manifest.json: the count of scores.jsonl", 0,
     scores=lambda summary: {**summary, "count": summary["count"] + 1})
_set("format", "manifest.json: another format", 0, format=lambda _: "waggle-manifest/1")
_set("window", "manifest.json: the window is a day longer", 0,
     window=lambda window: {**window, "end": window["end"] + 86_400_000})


@KINDS.kind("pending", "manifest.json: one upload more was waiting, which only the next one's 'previous' shows")
def _(copy):
    copy.manifest(1)
    copy.set(0, pending_uploads=lambda count: count + 1)


@KINDS.kind("manifest-line-feed", "manifest.json: a line feed at the end of the last one")
def _(copy):
    path = copy.manifest(len(copy.epochs) - 1)
    path.write_bytes(path.read_bytes() + b"\n")


@KINDS.kind("manifest-swapped", "two epochs: each has the other's manifest")
def _(copy):
    first, second = copy.manifest(0), copy.manifest(1)
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)


@KINDS.kind("epoch-renamed", "an epoch's directory has the name of the week before the first")
def _(copy):
    if len(copy.epochs) < 2:
        raise NotApplicable
    copy.epochs[1].rename(copy.epochs[1].with_name("2000-W01"))


@KINDS.kind("epoch-removed", "an epoch in the middle is removed")
def _(copy):
    if len(copy.epochs) < 3:
        raise NotApplicable
    shutil.rmtree(copy.epochs[1])


@KINDS.kind("first-epoch-removed", "the first epoch is removed")
def _(copy):
    if len(copy.epochs) < 2:
        raise NotApplicable
    shutil.rmtree(copy.epochs[0])


@KINDS.kind("ruleset-bytes", "a ruleset: another challenge time under the old name")
def _(copy):
    path = copy.published / "rulesets" / f"{json.loads(copy.manifest(0).read_bytes())['ruleset']}.json"
    ruleset = json.loads(path.read_bytes())
    ruleset["reward"]["challenge_ms"] += 1
    path.write_bytes(_compact(ruleset))


@KINDS.kind("ruleset-missing", "a ruleset: the file is missing")
def _(copy):
    (copy.published / "rulesets" / f"{json.loads(copy.manifest(0).read_bytes())['ruleset']}.json").unlink()


@KINDS.kind("ruleset-other", "manifest.json: names another ruleset that is there")
def _(copy):
    own = json.loads(copy.manifest(0).read_bytes())["ruleset"]
    others = [path.stem for path in sorted((copy.published / "rulesets").iterdir()) if path.stem != own]
    if not others:
        raise NotApplicable
    copy.set(0, ruleset=lambda _: others[0])


@KINDS.kind("ruleset-listed-missing", "a ruleset that is listed, but not the epoch's own: the file is missing")
def _(copy):
    for path in (epoch / "manifest.json" for epoch in copy.epochs):
        manifest = json.loads(path.read_bytes())
        for entry in manifest["rulesets"]:
            if entry["ruleset"] != manifest["ruleset"]:
                return (copy.published / "rulesets" / f"{entry['ruleset']}.json").unlink()
    raise NotApplicable
