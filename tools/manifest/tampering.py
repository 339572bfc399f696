"""What both ways of tampering with a chain share."""


class NotApplicable(Exception):
    """The chain has nothing that this kind of tampering could change."""


class Kinds:
    """A list of kinds of tampering: each a name, what is changed, and a function."""

    def __init__(self):
        self.all = []

    def add(self, name, text, change):
        self.all.append((name, text, change))

    def kind(self, name, text):
        """A decorator that adds the function below it."""
        def keep(change):
            self.add(name, text, change)
            return change
        return keep
