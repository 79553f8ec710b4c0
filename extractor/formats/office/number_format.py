"""Excel's number formats, as far as reports use them: the text shown for a number."""

import re
from decimal import ROUND_HALF_UP, Decimal

from extractor.patterns import kept_pattern

_COLOUR = kept_pattern(
    r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|Yellow|Colou?r ?\d+|\$[^\]]*)\]", re.IGNORECASE
)
_LITERAL = kept_pattern(r'"([^"]*)"|\\(.)|_.|\*.')
_DIGITS = kept_pattern(r"[#0?,]*[#0?](?:\.[0#?]*)?%?")
_SCALED = kept_pattern(r"[#0?](,+)(?![#0?,])")
_MOST_DIGITS = 11  # digits shown by the format General


def shown(value: str | float, number_format: str) -> str | None:
    """Return the text that a cell shows for its value; None if the format is not supported here.

    >>> shown(1734, "#,##0"), shown(17, "General"), shown(0, "0;-0;;@"), shown(17, ";;;"), shown(3, '0"件"')
    ('1,734', '17', '', '', '3件')
    >>> shown(17320, "0,"), shown(345612.0, "0.00,"), shown(12_000_000, '0,,"百万"')
    ('17', '345.61', '12百万')
    >>> shown(488.780058, "General"), shown(17, "0.00"), shown(45000, "yyyy/m/d") is None
    ('488.780058', '17.00', True)
    """
    sections = _sections(number_format)
    if isinstance(value, str):
        if len(sections) < 4:
            return value
        return _literal(sections[3].replace("@", "\0")).replace("\0", value)
    if number_format.lower() in ("d", "dd"):  # the day of a date
        return f"{value:0{len(number_format)}.0f}"
    if number_format in ("General", "@", ""):
        return _general(value)
    section, number = _section_for(sections, value)
    section = _COLOUR.sub("", section)
    if "[white]" in section.lower():
        return ""
    if "[" in section:
        return None  # Chinese numerals, conditions
    if scaled := _SCALED.search(section):  # each comma behind the digits divides by a thousand
        section = section[: scaled.start(1)] + section[scaled.end(1) :]
        number = float(Decimal(repr(number)).scaleb(-3 * len(scaled[1])))
    if not section.strip():
        return ""
    if section.strip() in ("General", "@"):
        return _general(number)
    return _formatted(section, number)


def _sections(number_format: str) -> list[str]:
    """Return the sections of a format: positive, negative, zero, text."""
    parts, quoted, part = [], False, ""
    for at, character in enumerate(number_format):
        if character == '"' and number_format[at - 1 : at] != "\\":
            quoted = not quoted
        if character == ";" and not quoted:
            parts.append(part)
            part = ""
        else:
            part += character
    return [*parts, part]


def _section_for(sections: list[str], value: float) -> tuple[str, float]:
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _general(value: float) -> str:
    if float(value).is_integer() and abs(value) < 10**_MOST_DIGITS:
        return str(int(value))
    text = f"{Decimal(repr(value)):f}" if abs(value) >= 1e-4 else repr(value)
    if len(text.replace("-", "").replace(".", "")) > _MOST_DIGITS:
        text = f"{value:.{_MOST_DIGITS - 1}g}"
    return text


def _literal(text: str) -> str:
    return _LITERAL.sub(lambda found: found[1] or found[2] or "", text)


def _formatted(section: str, value: float) -> str | None:
    """Return a number as the digits and words of one section of a format."""
    masked = _LITERAL.sub(lambda found: " " * len(found.group()), section)
    found = _DIGITS.search(masked)
    if found is None:
        return None if kept_pattern("[a-zA-Z/:]").search(masked) else _literal(section)
    before, digits, after = section[: found.start()], found.group(), section[found.end() :]
    rest = masked[: found.start()] + masked[found.end() :]
    if kept_pattern(r"[#0?A-DF-Za-z/:]").search(rest) or digits.rstrip("%").endswith(","):
        return None
    return _literal(before) + _digits_shown(digits, value) + _literal(after)


def _digits_shown(digits: str, value: float) -> str:
    percent = digits.endswith("%")
    whole, _, fraction = digits.rstrip("%").partition(".")
    exact = Decimal(repr(value)) * (100 if percent else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    left, _, right = text.partition(".")
    least = fraction.rstrip("#?")
    while len(right) > len(least) and right.endswith("0"):
        right = right[:-1]
    wanted = whole.replace(",", "").lstrip("#?")
    sign, left = ("-", left[1:]) if left.startswith("-") else ("", left)
    left = "" if left == "0" and not wanted else left.rjust(len(wanted), "0")
    return (
        sign + left + (f".{right}" if right or ("." in digits and least) else "") + ("%" if percent else "")
    )
