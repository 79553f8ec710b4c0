"""make demo shows on one screen what the program does, and where to look further."""

import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from doc_pages import ROOT

sys.path.insert(0, str(ROOT))

from scripts import demo

CASES = ROOT / "fixtures" / "cases"


def test_the_demo_ends_with_a_table_a_page_and_a_picture_where_there_is_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, out = tmp_path / "mine", tmp_path / "out"
    mine.mkdir()
    for case in ("html-plain-2021", "docx-plain-2019"):
        (source,) = (CASES / case).glob("source.*")
        shutil.copy(source, mine / f"{case}{source.suffix}")
    (mine / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    monkeypatch.setattr(sys, "argv", ["demo", "--out", str(out), str(mine)])
    assert demo.main() == 0
    said = capsys.readouterr().out
    assert len(said.splitlines()) <= 24
    assert re.search(r"^html +1 +1$", said, re.MULTILINE)
    assert re.search(r"^broken\.pdf .* 读不了 ", said, re.MULTILINE)
    assert re.search(r"^ +review +10 +1 +0 +0 +0$", said, re.MULTILINE)
    assert "✗" in said
    page = Path(unquote(urlsplit(said.split("核对网页")[1].split()[0]).path))
    assert page.is_file()
    assert (out / "核对.png").is_file() == ("没有能用的" not in said)
    assert json.loads((out / "mine" / "html-plain-2021.html.json").read_bytes())["verdict"] == "verified"
    assert "html-plain-2021.html" in (out / "files.txt").read_text("utf-8")


def test_a_folder_that_there_is_not_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "--out", "out", "no-such-folder"])
    assert demo.main() == 1
    assert "no-such-folder" in capsys.readouterr().err
