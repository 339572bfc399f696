"""Schedules of rulesets for chains that are made up: from when each holds, and when it is adopted."""

from .conventions import WEEK_MS, epoch_of, epoch_start
from .sample_rulesets import HUGE, VARIANTS, made


def spans(random, weeks, count, genesis):
    """Entries without 'adopted_at', for epochs of these weeks: count of them, or with 0 one that begins with each epoch, or in a
    week left out before it, and one more that holds in no epoch yet."""
    if count == 0:
        numbers, places = list(range(len(weeks) + 1)), list(range(1, len(weeks) + 1))
    else:
        numbers = random.sample([number for number in range(len(VARIANTS)) if number != HUGE], count)
        if count > 2 and random.random() < 0.4:
            numbers[2] = numbers[0]  # rulesets may come back
        places = sorted(random.sample(range(len(weeks) + 1), min(count - 1, len(weeks) + 1)))
    precision = random.choice([6, 7, 8, 8, 9, 10])
    starts = [None] + [_start(random, weeks, place) for place in places]
    texts = {number: f"{genesis}, {number}" for number in numbers}
    return [{"from": start and epoch_of(start), "ruleset": made(number, texts[number], precision)}
            for start, number in zip(starts, numbers)]


def _start(random, weeks, place):
    """A week behind that of an epoch, if any, up to that of the next."""
    if place == len(weeks):
        return weeks[-1] + WEEK_MS * random.randint(1, 3)
    earliest = weeks[place - 1] + WEEK_MS if place else weeks[0] - WEEK_MS
    return random.randrange(earliest, weeks[place] + 1, WEEK_MS)


def adopted(random, entries, seals):
    """The entries with the times of their adoption: long before, at the last moment, or in the moment of a seal."""
    result, last = [{**entries[0], "adopted_at": None}], None
    for entry in entries[1:]:
        start = epoch_start(entry["from"])
        times = [start - 1, start - random.randrange(1, WEEK_MS), start - random.randrange(1, 5 * WEEK_MS)]
        times += [seal for seal in seals if seal < start][-1:]
        time = random.choice(times)
        if entry is entries[-1]:
            time = min(time, seals[-1] - 1)  # what holds in no epoch yet is listed at least
        last = time if last is None else max(time, last)
        result.append({**entry, "adopted_at": last})
    return result


def listed(entries, before, sealed):
    """The entries that a manifest sealed as of a time lists, behind one that lists so many of them."""
    return [entry for index, entry in enumerate(entries) if index < max(1, before) or entry["adopted_at"] < sealed]
