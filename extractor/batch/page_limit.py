"""Counts the pages of a PDF before anything else is done with it."""

import pypdfium2

from extractor.magic import magic_of
from extractor.pdfium import one_thread_at_a_time


@one_thread_at_a_time
def pages_of(data: bytes) -> int:
    """Return the number of pages of a PDF; 0 for anything else, and for a PDF that does not open."""
    if magic_of(data) != "pdf":
        return 0
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return 0  # the reader will report what is wrong with it
    try:
        return len(document)
    finally:
        document.close()
