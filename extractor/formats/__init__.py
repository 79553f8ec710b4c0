"""Adapters: bytes in, a Document out. They read; they do not understand.

Each adapter is one module with `read(source) -> Document` and, where a second and
independent reader of the same format exists, `reread(source) -> Document`. They raise
`Unreadable`, `Encrypted` or `MissingDependency`, and nothing else. The module is
imported only when a file of its format arrives, because the libraries behind it are heavy.
"""

from importlib import import_module

from extractor.document import Document, Source
from extractor.errors import Unreadable, UnsupportedFormat
from extractor.formats.sniff import sniff

# What sniff() calls a format, and the module that reads it. A new format is one line and one file.
ADAPTERS = {
    "html": "html",
    "docx": "docx",
    "pdf": "pdf",
    "text": "text",
}


def read_document(source: Source, *, again: bool = False) -> Document:
    """Read a file with the adapter that its bytes ask for.

    With `again`, use the second, independent reader of the format; where the format
    has only one reader, that one.
    """
    if not source.data.strip():
        raise Unreadable(f"{source.name}: 文件是空的")
    name = sniff(source.data)
    if name not in ADAPTERS:
        known = "、".join(ADAPTERS)
        raise UnsupportedFormat(f"{source.name}: 不认识的格式（{name}），能读的是 {known}")
    module = import_module(f"extractor.formats.{ADAPTERS[name]}")
    reader = getattr(module, "reread", module.read) if again else module.read
    document: Document = reader(source)
    return document
