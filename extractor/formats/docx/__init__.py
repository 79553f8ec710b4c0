"""Word files (.docx): the package is read directly, and a second time through python-docx.

Locators. A table is `{"table": 2}`: tables are counted from 1 in document order, each nested table after the
table that holds it. A cell is `{"table": 2, "row": 5, "column": 3}`: the grid position of its top-left
corner, counted from 1, rows and columns that tracked changes have deleted not counted. A paragraph is
`{"paragraph": 17}`: the seventeenth w:p outside tables, empty ones counted, those of text boxes and content
controls at their place (a text box right after the paragraph that anchors it). A one-column table around
other tables is only layout: it is counted, but its paragraphs are running text with the locator of its cell.

Tracked changes count as accepted. Numbers that Word generates are put before their text. Headers, footers,
notes, comments and hidden text are left out.
"""

from msgspec import structs

from extractor.document import Document, Notice, Source
from extractor.formats.docx.body import BodyReader
from extractor.formats.docx.bound import mark_stale_controls
from extractor.formats.docx.looks import need_care
from extractor.formats.docx.numbering import Numbering
from extractor.formats.docx.package import WordPackage
from extractor.formats.docx.styles import Styles
from extractor.formats.painted import is_plain, not_painted_in

_UNREAD = {
    "image": ("image-in-article", "文档里有{}张图片，图片中的文字没有读取"),
    "object": ("embedded-object", "文档里嵌有{}个对象（如电子表格），其内容没有读取"),
    "chart": ("chart-in-article", "文档里有{}个图表或图示，其中的文字没有读取"),
    "footnote": ("footnote-in-article", "文档里有{}处脚注或尾注，注文没有读取"),
}


def read(source: Source) -> Document:
    """Read a Word file. Raise Encrypted if it has a password, Unreadable if it is damaged."""
    package = WordPackage(source)
    body = package.body()
    mark_stale_controls(package, body)
    styles = Styles(package.related_part("styles"))
    numbering = Numbering(package.related_part("numbering"), styles)
    reader = BodyReader(package, styles, numbering, careful=need_care(package))
    blocks = tuple(reader.blocks(body))
    notices = [*reader.notices, *_what_was_left(reader, numbering), *not_painted_in(blocks)]
    return Document("docx", blocks, package.properties(), tuple(notices))


def reread(source: Source, first: Document | None = None) -> Document | None:
    """Read a Word file through python-docx, independently of `read`. Raise as `read` does.

    `first` is what `read` gives, where that is known.

    python-docx ignores display properties, so the result is None if cells are not plain. Where python-docx
    refuses a package that `read` accepts (macro-enabled, strict), the first reading stands in, and a notice
    says that there was no second. Other notices are given by `read` alone.
    """
    first = read(source) if first is None else first
    if not is_plain(first.blocks):
        return None
    # python-docx takes longer to import than most files take to read.
    from extractor.formats.docx.again import read_with_python_docx

    second = read_with_python_docx(source)
    if second is not None:
        return second
    message = "python-docx 不接受这个文件的结构，没有第二种读法可供对照"
    return structs.replace(first, notices=(*first.notices, Notice("no-second-reader", message)))


def _what_was_left(reader: BodyReader, numbering: Numbering) -> list[Notice]:
    notices = []
    for kind, (code, message) in _UNREAD.items():
        count = reader.inline.seen[kind]
        if count:
            notices.append(Notice(code, message.format(count)))
    if numbering.unknown_formats:
        names = "、".join(sorted(numbering.unknown_formats))
        notices.append(Notice("unknown-number-format", f"自动编号的格式（{names}）不认识，按阿拉伯数字写出"))
    return notices
