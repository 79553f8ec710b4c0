"""The words command: what each code of the output means, in plain words."""

from collections.abc import Iterator
from difflib import get_close_matches

import msgspec
import typer

from extractor.cli.table import align
from extractor.codes import figure_codes
from extractor.errors import ExitCode
from extractor.forms import load_forms
from extractor.messages import translated
from extractor.notice_codes import notice_codes
from extractor.outcome import OK
from extractor.rules import load_rules
from extractor.words import Language, all_words

_KINDS = {
    "verdict": "结论", "outcome": "一处核对的结果", "severity": "轻重",
    "standing": "怎样办", "fault": "差错出在",
    "state": "一格的读法", "scope": "规则和数字的范围", "level": "机关的层级", "kind": "机关的性质",
    "section": "章节", "told_by": "公布日期的出处", "notice": "通知", "failure": "读不了的原因",
    "exit": "退出码", "rule": "规则", "figure": "正文里的数字", "cell": "标准表的格",
}  # fmt: skip


def words_for(codes: list[str], language: Language, *, as_json: bool) -> bytes:
    """Return the words for these codes, or for all codes, as aligned lines or as JSON.

    Raises:
        typer.BadParameter: There is no such code.
    """
    rows = [row for row in _rows(language) if not codes or row[1] in codes]
    if missing := [code for code in codes if code not in {row[1] for row in rows}]:
        close = get_close_matches(missing[0], {row[1] for row in _rows(language)}, n=3)
        hint = f"，是不是 {'、'.join(close)}" if close else "；全部代码见 extractor words"
        raise typer.BadParameter(f"没有 {'、'.join(missing)} 这样的代码{hint}", param_hint="CODE")
    if as_json:
        told = [{"kind": kind, "code": code, "words": words} for kind, code, words in rows]
        return msgspec.json.format(msgspec.json.encode(told), indent=2)
    heads = _KINDS if language == "zh" else {}
    return "\n".join(align([(heads.get(kind, kind), code, words) for kind, code, words in rows])).encode()


def _rows(language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield kind, code and words; labels of the forms stay Chinese."""
    for kind, codes in all_words().items():
        for code, both in codes.items():
            yield kind, code, both[language == "en"]
    for code, notice in notice_codes().items():
        yield "notice", code, getattr(notice.meaning, language)
    yield "failure", OK, translated("读出了", language)
    for rule in load_rules():
        yield "rule", rule.id, translated(rule.says, language)
    for code, figure in figure_codes().items():
        yield "figure", code, figure.says
    yield from _cells()
    for exit_code in ExitCode:
        yield "exit", str(exit_code.value), exit_code.name


def _cells() -> Iterator[tuple[str, str, str]]:
    """Yield every cell with its labels, in the newest edition that has it."""
    told: set[str] = set()
    for form in sorted(load_forms(), key=lambda form: form.id, reverse=True):
        for table in form.tables:
            for row in table.rows:
                for column in table.columns:
                    cell = f"{table.id}.{row.id}.{column.id}"
                    if cell in table.cell_ids() and cell not in told:
                        told.add(cell)
                        labels = (table.title, *row.group, row.label, *column.group, column.label)
                        yield "cell", cell, " / ".join(labels)
