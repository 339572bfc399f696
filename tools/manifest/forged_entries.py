"""Kinds of forgery that change the form of the entries of 'rulesets', in all manifests alike."""

from .forgery import KINDS


def _entries(name, text, change, least=2):
    """A kind that changes the list in every manifest that lists at least so many."""
    def forge(forger):
        def altered(manifest):
            if len(manifest["rulesets"]) < least:
                return manifest
            forger.done = True
            return {**manifest, "rulesets": change(manifest["rulesets"])}
        forger.alter("manifest", altered)
    KINDS.add(f"schedule-{name}", f"rulesets, in all manifests: {text}", forge)


def _first(**members):
    return lambda entries: [{**entries[0], **members}, *entries[1:]]


def _second(**members):
    return lambda entries: [entries[0], {**entries[1], **members}, *entries[2:]]


_entries("empty", "none", lambda entries: [], least=1)
_entries("null", "null instead of a list", lambda entries: None, least=1)
_entries("first-from", "the first has a week from which it holds", _first(**{"from": "2000-W01"}), least=1)
_entries("first-adopted", "the first has a time of adoption", _first(adopted_at=0), least=1)
_entries("entry-unknown", "a member that the page does not know", _first(note="first"), least=1)
_entries("entry-missing", "a member is missing",
         lambda entries: [{"from": None, "ruleset": entries[0]["ruleset"]}, *entries[1:]], least=1)
_entries("from-null", "two hold from the beginning", _second(**{"from": None}))
_entries("from-no-week", "one holds from a week 53 of a year with 52", _second(**{"from": "2025-W53"}))
_entries("from-lower-case", "the week is in lower case",
         lambda entries: [entries[0], {**entries[1], "from": entries[1]["from"].lower()}, *entries[2:]])
_entries("adopted-null", "a later one has no time of adoption", _second(adopted_at=None))
_entries("adopted-text", "a time of adoption is text",
         lambda entries: [entries[0], {**entries[1], "adopted_at": str(entries[1]["adopted_at"])}, *entries[2:]])


@KINDS.kind("schedule-member-missing", "the manifests have no member 'rulesets'")
def _(forger):
    forger.done = True
    forger.alter("manifest", lambda manifest: {name: value for name, value in manifest.items() if name != "rulesets"})


@KINDS.kind("schedule-names-other", "manifest: 'ruleset' names another ruleset that is listed")
def _(forger):
    def other(manifest):
        return next((entry["ruleset"] for entry in manifest["rulesets"] if entry["ruleset"] != manifest["ruleset"]), None)
    forger.alter_first("manifest", other, lambda manifest: {**manifest, "ruleset": other(manifest)})
