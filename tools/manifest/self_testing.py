"""How self-tests are run."""


def run(name, checks):
    """Prints which of (what, passed) has not passed; the exit status."""
    results = list(checks)
    failed = [what for what, passed in results if not passed]
    for what in failed:
        print(f"self-test of {name}: {what} is wrong")
    print(f"{name}: {len(results)} checks, {len(failed)} failed")
    return 1 if failed else 0


def refused(function, *arguments):
    """Whether a function refuses its arguments with a reason."""
    try:
        function(*arguments)
    except ValueError as error:
        return bool(str(error))
    return False
