"""Imports that are spared change nothing for what is imported, nor for others in the process."""

import subprocess
import sys

import pytest

from extractor.hidden_modules import hidden_modules


def told(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout


def test_a_hidden_module_is_not_there_and_then_it_is() -> None:
    sys.modules.pop("this", None)
    with hidden_modules("this", "sys"):
        with pytest.raises(ImportError):
            import this  # noqa: F401
        import sys as loaded
    assert loaded is sys  # what was imported before stays
    assert "this" not in sys.modules


_SCHEMA = """
import json, sys
from extractor.hidden_modules import hidden_modules
with hidden_modules(*sys.argv[1:]):
    import msgspec
from extractor.report import Report
assert ("typing_extensions" in sys.modules) is (sys.argv[1:] == []), sys.argv
print(json.dumps(msgspec.json.schema(Report)), end="")
"""


def test_types_mean_the_same_without_typing_extensions() -> None:
    with_it, without_it = (
        subprocess.run([sys.executable, "-c", _SCHEMA, *hidden], capture_output=True, check=True).stdout
        for hidden in ([], ["typing_extensions"])
    )
    assert len(with_it) > 5_000
    assert with_it == without_it


_WORDS = """
import sys
from extractor.recognize import prose
jieba = prose._jieba()
print("jieba.finalseg.prob_emit" in sys.modules)
print("/".join(jieba.finalseg.cut("他来到了网易杭研大厦")))
print("jieba.finalseg.prob_emit" in sys.modules)
"""


def test_jieba_guesses_at_unknown_words_when_somebody_asks() -> None:
    assert told(_WORDS.replace("prose._jieba()", "__import__('jieba')")).splitlines()[0] == "True"
    assert told(_WORDS).splitlines() == ["False", "他来/到/了/网易/杭/研大厦", "True"]
