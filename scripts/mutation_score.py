"""Print how many one-line changes of the core decisions the tests notice, from the last `make mutants`.

A change is noticed by a test that fails or runs into the clock, or by the type checker. With --alive
each change that nothing noticed is printed with its name; `python -m mutmut show NAME` shows it.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

MUTANTS = Path(__file__).resolve().parent.parent / "mutants"
_TESTS, _TYPES, _ALIVE, _UNTESTED = "by tests", "by types", "alive", "no test runs it"
_BY_EXIT_CODE = {0: _ALIVE, 33: _UNTESTED, 37: _TYPES}


def outcome_of(exit_code: int) -> str:
    """Return what became of a mutant: any other exit code is that of a failed or stopped test run."""
    return _BY_EXIT_CODE.get(exit_code, _TESTS)


def share_noticed(outcomes: Counter[str]) -> float:
    """Return the share of mutants that the tests or the types notice.

    >>> share_noticed(Counter({"by tests": 6, "by types": 3, "alive": 1}))
    0.9
    """
    return (outcomes[_TESTS] + outcomes[_TYPES]) / max(outcomes.total(), 1)


def outcomes_by_module(folder: Path) -> dict[str, dict[str, str]]:
    """Return module → mutant → outcome, of the mutants that were tried."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder.rglob("*.py.meta")):
        codes: dict[str, int | None] = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        tried = {name: outcome_of(code) for name, code in codes.items() if code is not None}
        if tried:
            found[path.relative_to(folder).as_posix().removesuffix(".meta")] = tried
    return found


def main() -> None:
    """Print one line for each module and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alive", action="store_true", help="name each change that nothing noticed")
    alive = parser.parse_args().alive
    modules = outcomes_by_module(MUTANTS)
    every: Counter[str] = Counter()
    for module, outcomes in modules.items():
        counted = Counter(outcomes.values())
        every += counted
        print(f"{share_noticed(counted):7.1%}  {counted.total():5}  {module}")
        if alive:
            print(*(f"         {n} ({o})" for n, o in outcomes.items() if o in (_ALIVE, _UNTESTED)), sep="\n")
    print(f"{share_noticed(every):7.1%}  {every.total():5}  all: {dict(every)}")


if __name__ == "__main__":
    main()
