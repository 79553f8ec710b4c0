"""Elements of a Word file of whose contents one or all are read: content controls, alternatives."""

from collections.abc import Iterator

from extractor.formats.docx.package import W
from extractor.formats.package import Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SDT = f"{W}sdt"
ALTERNATE = f"{MC}AlternateContent"
_UNDERSTOOD = "http://schemas.microsoft.com/office/"


def contents_of(element: Element) -> Iterator[Element]:
    """Yield the content of a content control, or of exactly one branch of mc:AlternateContent."""
    if element.tag == SDT:
        yield from element.iterfind(f"{W}sdtContent")
        return
    choices = element.findall(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    chosen = next((each for each in choices if _is_understood(each)), fallback)
    if chosen is None and choices:
        chosen = choices[0]  # no branch is meant for this reader; any one is better than none
    if chosen is not None:
        yield chosen


def _is_understood(choice: Element) -> bool:
    required = choice.get("Requires", "").split()
    return all((choice.nsmap.get(prefix) or "").startswith(_UNDERSTOOD) for prefix in required)
