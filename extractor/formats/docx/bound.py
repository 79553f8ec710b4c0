"""Content controls that show a value of an XML part of the package in place of what is stored in them."""

from collections.abc import Iterator

from extractor.errors import Unreadable
from extractor.formats.docx.package import W, WordPackage
from extractor.formats.package import Element
from extractor.patterns import kept_pattern, late_pattern

_PARTS = late_pattern(r"/?(?:customxml/[^/]+|docprops/[^/]+)\.xml")
_PREFIX = late_pattern(r"xmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_STEP = late_pattern(r"(@?)(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
_DEEPEST = 30  # steps of a path


def mark_stale_controls(package: WordPackage, body: Element) -> None:
    """Mark the controls that are bound to another value than they store as showing a placeholder.

    Word shows the bound value when it opens the file; what the control stores may be of an earlier time.
    """
    if not package.has(f"{W}dataBinding"):
        return
    stores = list(_stores(package))
    for binding in body.iter(f"{W}dataBinding"):
        control = binding.getparent().getparent()
        value = next(filter(None, (_bound_value(binding, store) for store in stores)), None)
        content = control.find(f"{W}sdtContent")
        if value is None or content is None:
            continue
        stored = "".join(each.text or "" for each in content.iter(f"{W}t"))
        if "".join(stored.split()) != "".join(value.split()):
            binding.getparent().append(body.makeelement(f"{W}showingPlcHdr"))


def _stores(package: WordPackage) -> Iterator[Element]:
    """Yield the XML parts to which a control may be bound."""
    for name in sorted(package.names):
        if _PARTS.fullmatch(name) and "/itemprops" not in name:
            try:
                root = package.tree_of(name)
            except Unreadable:
                continue
            if root is not None:
                yield root


def _bound_value(binding: Element, store: Element) -> str | None:
    """Return the text in an XML part to which a control is bound; None if it holds none there."""
    prefixes = dict(_PREFIX.findall(binding.get(f"{W}prefixMappings", "")))
    steps = binding.get(f"{W}xpath", "").strip("/").split("/")
    if len(steps) > _DEEPEST:
        return None
    found: Element | None = None
    for at, step in enumerate(steps):
        told = _STEP.fullmatch(step)
        if told is None:
            return None
        name = f"{{{prefixes[told[2]]}}}{told[3]}" if told[2] in prefixes else told[3]
        if told[1]:
            return None if found is None else found.get(name)
        found = _child(store if at == 0 else found, name, int(told[4] or 1), is_root=at == 0)
        if found is None:
            return None
    return None if found is None else "".join(found.itertext())


def _child(parent: Element | None, name: str, number: int, *, is_root: bool) -> Element | None:
    if parent is None:
        return None
    if is_root:
        return parent if parent.tag == name else None
    same = parent.findall(name) if kept_pattern(r"[^\s*]+").fullmatch(name) else []
    return same[number - 1] if 0 < number <= len(same) else None
