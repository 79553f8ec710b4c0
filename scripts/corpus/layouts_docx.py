"""The Word layouts."""

from collections.abc import Callable

from . import render_docx as word
from .docx_file import pack
from .draft import Draft
from .expected import expect
from .layouts import WITH_REQUESTS, Layout, Rendered
from .unplain_cells import DOCX_WAYS, with_markup, with_tokens


def _docx(manner: word.Manner) -> Callable[[Draft], Rendered]:
    def render(draft: Draft) -> Rendered:
        return Rendered(pack(word.body(draft, manner)), expect(draft))

    return render


def _unplain_cells(draft: Draft) -> Rendered:
    changed, markup, expected = with_tokens(draft, DOCX_WAYS)
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return Rendered(pack(with_markup(word.body(changed, word.Manner()), markup, run)), expected)


def _controlled(content: str) -> str:
    return word.in_content_control(content)


DOCX_LAYOUTS = (
    Layout("docx-plain", "docx", "docx", _docx(word.Manner())),
    Layout("docx-grid-before", "docx", "docx", _docx(word.Manner(skip_covered=True)), WITH_REQUESTS),
    Layout("docx-nested", "docx", "docx", _docx(word.Manner(around_table=word.in_outer_table))),
    Layout("docx-text-box", "docx", "docx", _docx(word.Manner(title=word.in_text_box))),
    Layout(
        "docx-content-controls",
        "docx",
        "docx",
        _docx(word.Manner(around_table=_controlled, around_cell=_controlled)),
    ),
    Layout("docx-tracked", "docx", "docx", _docx(word.Manner(runs=word.tracked_run))),
    Layout("docx-numbered", "docx", "docx", _docx(word.Manner(numbered=True))),
    Layout("docx-unplain-cells", "docx", "docx", _unplain_cells, WITH_REQUESTS, faultless=True, styled=False),
    Layout("docx-split", "docx", "docx", _docx(word.Manner(split_after=15)), WITH_REQUESTS),
)
