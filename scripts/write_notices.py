"""Write docs/notices.md, the notice codes with meaning and remedy, from extractor/data/notices.yaml.

Run it (`make notices`) after a change to the catalogue, and commit the difference.
"""

from pathlib import Path

from extractor.notice_codes import notice_codes

DOCUMENT = Path(__file__).parent.parent / "docs" / "notices.md"
_HEAD = """# 通知 / Notices

`notices` 里每一条的 `code`：什么意思，该怎么办。本页由 `make notices` 从 `extractor/data/notices.yaml` 写出。
The codes of `notices`: what each means and what to do. Written by `make notices`; do not edit.

"""
_TABLES = (
    ("zh", "| 代码 | 意思 | 怎么办 |\n| --- | --- | --- |\n"),
    ("en", "| code | meaning | remedy |\n| --- | --- | --- |\n"),
)


def document() -> str:
    """Return the page: a table in Chinese, a table in English."""
    tables = (
        head
        + "".join(
            f"| `{code}` | {getattr(each.meaning, language)} | {getattr(each.remedy, language)} |\n"
            for code, each in notice_codes().items()
        )
        for language, head in _TABLES
    )
    return _HEAD + "\n".join(tables)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
