"""Adapters: bytes in, a Document out. They read content but do not interpret it.

Each adapter is one module with `read(source) -> Document` and, if there is a second, independent reader of
the format, `reread(source) -> Document`. They raise `Unreadable`, `Encrypted` or `MissingDependency`, and
nothing else. The module is imported only when a file of its format arrives, because the libraries behind it
are heavy.
"""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from msgspec import Struct, structs

from extractor.document import Block, Document, Paragraph, Source
from extractor.errors import Unreadable, UnsupportedFormat
from extractor.formats.laid_out import LINES, may_be_laid_out
from extractor.formats.margins import without_margins
from extractor.formats.packed import unpacked
from extractor.formats.sniff import sniff
from extractor.patterns import kept_pattern
from extractor.script import STAND_INS, has_stand_ins, in_common_ideographs

_UNTIDY = kept_pattern(f"[{LINES}{STAND_INS}]")


class Adapter(Struct, frozen=True):
    """A module that reads a format, and the name of the format for users.

    `magic` are the first bytes of a format that sniff() does not recognize by itself. If `choosy`, the
    module's function is `read(source, is_wanted)`; if `paged`, it is `reread(source, pages)`; if `compared`,
    `reread(source, first)`.
    """

    module: str
    known_as: str
    magic: bytes | None = None
    choosy: bool = False
    paged: bool = False
    compared: bool = False


# Format as named by sniff() → its adapter. A new format is one line and one file.
ADAPTERS = {
    "html": Adapter("html", "html", choosy=True),
    "mhtml": Adapter("mhtml", "mhtml、eml"),
    "docx": Adapter("docx", "docx", compared=True),
    "ole": Adapter("office", "doc、wps、xls"),
    "rtf": Adapter("office", "rtf"),
    "odf": Adapter("office", "odt、ods"),
    "xlsx": Adapter("office", "xlsx"),
    "pdf": Adapter("pdf", "pdf", choosy=True, paged=True),
    "ofd": Adapter("ofd", "ofd"),
    "text": Adapter("text", "text"),
    "png": Adapter("image", "png"),
    "jpeg": Adapter("image", "jpeg"),
    "tiff": Adapter("image", "tiff"),
    "bmp": Adapter("image", "bmp"),
    "gif": Adapter("image", "gif"),
    "webp": Adapter("image", "webp"),
}
READABLE = "、".join(adapter.known_as for adapter in ADAPTERS.values())


def read_document(source: Source, is_wanted: Callable[[str], bool] | None = None) -> Document:
    """Read a file with the adapter for its first bytes.

    Args:
        source: The bytes.
        is_wanted: Decides from a file's text whether it is worth more than that: its pictures OCR, which
            costs a hundred times more, the styles of a page in another language. None: it is.

    Raises:
        UnsupportedFormat: No adapter reads these bytes.
        Unreadable: They are empty, damaged, or (Encrypted) need a password.
        MissingDependency: The package that reads them is not installed.
    """
    source = unpacked(source)
    adapter = _adapter(source)
    read = _module(adapter).read
    document: Document = read(source, is_wanted) if adapter.choosy else read(source)
    return _tidied(document)


def reread_document(
    source: Source, pages: frozenset[int] | None = None, first: Document | None = None
) -> Document | None:
    """Read a file with the second, independent reader of its format; None if there is none.

    Args:
        source: The bytes.
        pages: The only ones needed, if the format has pages.
        first: What `read_document` gives for the file, if that is known.
    """
    source = unpacked(source)
    adapter = _adapter(source)
    reread = getattr(_module(adapter), "reread", None)
    if reread is None:
        return None
    given = (pages,) if adapter.paged else (first,) if adapter.compared else ()
    document: Document | None = reread(source, *given)
    return document and _tidied(document)


def _tidied(document: Document) -> Document:
    """Return a document whose prose and metadata have ideographs instead of look-alike radicals.

    Table cells stay as printed; spreadsheet row and column headings are removed.
    """
    blocks = document.blocks
    if not _may_be_untidy(document):
        return structs.replace(document, blocks=tuple(map(_without_margins, blocks)))
    if document.format != "text" and any(map(may_be_laid_out, blocks)):
        # With the readers of text, which few documents of another format need.
        from extractor.formats.text.within import with_tables_of_lines

        blocks = with_tables_of_lines(blocks)
    blocks = tuple(_tidied_block(block) for block in blocks)
    metadata = {key: in_common_ideographs(value) for key, value in document.metadata.items()}
    return structs.replace(document, blocks=blocks, metadata=metadata)


def _may_be_untidy(document: Document) -> bool:
    """Return whether any text outside tables may have look-alikes, or may be laid out in lines."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    boxed = any(text.startswith("+--") for text in texts)
    return boxed or _UNTIDY.search("\n".join((*texts, *document.metadata.values()))) is not None


def _tidied_block(block: Block) -> Block:
    if isinstance(block, Paragraph) and has_stand_ins(block.text):
        return structs.replace(block, text=in_common_ideographs(block.text))
    return _without_margins(block)


def _without_margins(block: Block) -> Block:
    return block if isinstance(block, Paragraph) else without_margins(block)


def _adapter(source: Source) -> Adapter:
    if not source.data.strip():
        raise Unreadable(f"{source.name}: 文件是空的")
    name = _format_of(source.data)
    if name not in ADAPTERS:
        raise UnsupportedFormat(f"{source.name}: 不认识的格式（{name}），能读的是 {READABLE}")
    return ADAPTERS[name]


def _module(adapter: Adapter) -> ModuleType:
    return import_module(f"extractor.formats.{adapter.module}")


def _format_of(data: bytes) -> str:
    own = (name for name, adapter in ADAPTERS.items() if adapter.magic and data.startswith(adapter.magic))
    return next(own, None) or sniff(data)
