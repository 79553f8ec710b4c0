"""The scores that may only rise."""

import json
from pathlib import Path
from typing import Any

from .scores import Row

ALL = "all"  # the group of every report
_HIGHER = ("cells_right", "documents_right", "verdicts_right", "found")
_LOWER = ("silent_verified", "silent_any", "false_alarms", "overconfident")


def scores_of(row: Row) -> dict[str, float]:
    """Return the figures of a row that a baseline keeps."""
    return {name: getattr(row, name) for name in (*_HIGHER, *_LOWER)}


def regressions(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return one line for each figure that is worse than the baseline, layout by layout.

    A new layout has no baseline yet; the sums over all layouts are compared where the layouts are the same.

    >>> regressions({"html": {"found": 3, "silent_any": 0}}, {"html": {"found": 2, "silent_any": 0}})
    ['html found: 3 -> 2']
    """
    worse = []
    if before.keys() - now.keys() or now.keys() - before.keys():
        before = {group: scores for group, scores in before.items() if group != ALL}  # of other layouts
    for group, scores in before.items():
        for name, old in scores.items():
            new = now.get(group, {}).get(name)
            if new is None or (new < old if name in _HIGHER else new > old):
                worse.append(f"{group} {name}: {old} -> {new}")
    return worse


def load(path: Path) -> dict[str, Any]:
    """Return the stored baseline, or an empty one."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return loaded


def store(path: Path, reports: int, seed: int, groups: dict[str, Any]) -> None:
    """Write the baseline."""
    data = {"reports": reports, "seed": seed, "groups": groups}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
