"""What verifiers report, and the exit status that follows from it."""

MISMATCH, MISSING, SIGNATURE = 1, 3, 12
MOST = 100


class Findings:
    """Counts everything; of one part, as an epoch, it reports the first only."""

    def __init__(self, report):
        self.report, self.count, self.codes = report, 0, set()
        self._part, self._here = None, 0

    def add(self, part, place, text, code=MISMATCH):
        if part != self._part:
            self.finish()
            self._part = part
        self.codes.add(code)
        self.count += 1
        self._here += 1
        if self._here <= MOST:
            self.report(f"{part}/{place}: {text}" if place else f"{part}: {text}")

    def finish(self):
        """Says how many findings of the last part were not reported."""
        if self._here > MOST:
            self.report(f"{self._part}: {self._here - MOST} more findings")
        self._part, self._here = None, 0

    @property
    def status(self):
        """The exit status: 3 comes before 12 and 12 before 1."""
        return next((code for code in (MISSING, SIGNATURE, MISMATCH) if code in self.codes), 0)
