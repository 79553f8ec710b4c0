"""A Word formula as one line of text, so that a fraction is not read as one number."""

from extractor.formats.package import Element

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def write_formula(element: Element) -> str:
    """Return the text of an m:* element on one line: (1)/(2), x^(2), √(a+b)."""
    name = element.tag.removeprefix(_M)
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_group(element, 'num')}/{_group(element, 'den')}"
    if name == "rad":
        degree = _part(element, "deg")
        return f"{f'[{degree}]' if degree else ''}√{_group(element, 'e')}"
    if name == "d":
        return f"({','.join(write_formula(each) for each in element.iterfind(f'{_M}e'))})"
    if name in ("sSup", "sSub", "sSubSup"):
        lower, upper = _part(element, "sub"), _part(element, "sup")
        return _part(element, "e") + (f"_({lower})" if lower else "") + (f"^({upper})" if upper else "")
    return "".join(write_formula(child) for child in element if not _is_property(child))


def _part(element: Element, name: str) -> str:
    return "".join(write_formula(each) for each in element.iterfind(_M + name))


def _group(element: Element, name: str) -> str:
    text = _part(element, name)
    return text if text.isalnum() else f"({text})"


def _is_property(element: Element) -> bool:
    name: str = element.tag
    return not name.startswith(_M) or name.endswith("Pr")
