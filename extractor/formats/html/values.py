"""What form fields show, and what style sheets generate."""

from selectolax.lexbor import LexborNode

from extractor.formats.html.sheet import StyledElement


def value_shown(node: LexborNode, tag: str, kind: str) -> str | None:
    """Return the text that a form field shows; None if it shows no text."""
    if tag == "textarea" or tag == "button":
        return node.text()
    if tag == "select":
        attributes = node.attributes
        if "multiple" in attributes or (attributes.get("size") or "1") not in ("", "0", "1"):
            return None
        chosen = node.css("option[selected]") or node.css("option")[:1]
        return chosen[-1].text() if chosen else ""
    if kind in ("checkbox", "radio", "range", "image", "file", "color", "password"):
        return None
    return node.attributes.get("value") or ""


def generated_text(made: StyledElement, node: LexborNode) -> str | None:
    """Return generated text; None if it includes a counter or a picture."""
    import tinycss2  # few pages need it

    parts: list[str] = []
    for token in tinycss2.parse_component_value_list(made.values["content"], skip_comments=True):
        if token.type == "string":
            parts.append(token.value)
        elif token.type == "function" and token.lower_name == "attr":
            name = tinycss2.serialize(token.arguments).split(",")[0].split()
            parts.append(node.attributes.get(name[0].lower()) or "" if name else "")
        elif token.type == "literal" and token.value == "/":
            break  # the alternative text for screen readers follows
        elif token.type not in ("whitespace", "ident"):
            return None
    return "".join(parts)
