"""How the runs of a Word file are displayed, by their own properties, their styles and the cells around.

The most specific setting applies: the run's properties, its character style, its paragraph's style, the
table's style, the document's defaults.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from extractor.formats.docx.package import VAL, W, WordPackage
from extractor.formats.docx.styles import Styles, is_on, properties_in, value_of, whole_number
from extractor.formats.docx.table_styles import TableStyles
from extractor.formats.own_fonts import FontDigits
from extractor.formats.package import Element
from extractor.formats.painted import TINY, Look
from extractor.patterns import kept_pattern

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
# Elements that may hide, strike out, raise or move text, and those that may by their value.
_HAZARDS = (
    *(W + name for name in ("strike", "dstrike", "vanish", "webHidden", "position", "fitText", "framePr")),
    *(f"{W}highlight", f"{W14}textFill"),
)
_BY_VALUE = {f"{W}vertAlign": ("superscript", "subscript"), f"{W}bdo": ("rtl",), f"{W}dir": ("rtl",)}
# The same in a style. Searched one by one: searching fixed bytes is much faster than a regular expression.
_WORDS_OF_STYLES = (
    b"<w:strike", b"<w:dstrike", b"<w:vanish", b"<w:webHidden", b"<w:position ", b"<w:fitText", b"<w:framePr",
    b"<w14:textFill", b"<w:highlight ", b'val="superscript"', b'val="subscript"',
    b'<w:bdo w:val="rtl"', b'<w:dir w:val="rtl"',
)  # fmt: skip
_WORDS = (
    b'"exact"', b'themeColor="background1"', b'themeColor="light1"', b'="Wingdings', b'="Webdings',
)  # fmt: skip
# What stands before a value, how many bytes of the value are looked at, and what in them may hide text.
_VALUES = (
    (b'<w:color w:val="', 6, kept_pattern(rb"(?:[C-Fc-f][0-9A-Fa-f]){3}")),
    (b'<w:sz w:val="', 3, kept_pattern(rb'(?:\d|1[0-2])"')),
    (b'<w:w w:val="', 2, kept_pattern(rb'\d"')),
    (b'<w:spacing w:val="-', 3, kept_pattern(rb"\d{3}")),
    (b'w:fill="', 6, kept_pattern(rb"(?:[0-3][0-9A-Fa-f]){3}")),
)
_OVERLAPPING = -100  # twentieths of a point: with this character spacing digits overlap
_USUAL = 21  # half points: Word's default size of Chinese text
_FILL = kept_pattern(rb'w:fill="([0-9A-Fa-f]{6})"')
_STYLE_ID = kept_pattern(rb'w:styleId="([^"]*)"')
_FAINT = 0.86  # share of white in each colour: lighter text cannot be read on white
_NEAR = 0.14  # difference of text and background, in each colour, below which text cannot be read
_SPECK = 2  # half points: no glyph can be told at this size
_THIN = 40  # twentieths of a point: a row or line this low shows no text


def _has_hazards(package: WordPackage) -> bool:
    """Return whether the main part may hide, strike out or raise text."""
    turned = (each.get(VAL) in _BY_VALUE[each.tag] for each in package.elements(*_BY_VALUE))
    return package.has(*_HAZARDS) or any(turned) or _has_hazardous_values(package.main)


def _is_hazardous(styles: bytes) -> bool:
    """Return whether one of some styles may hide, strike out or raise text."""
    return any(word in styles for word in _WORDS_OF_STYLES) or _has_hazardous_values(styles)


def _has_hazardous_values(part: bytes) -> bool:
    """Return whether a colour, size or distance in a part may hide text."""
    if any(word in part for word in _WORDS):
        return True
    for before, size, hazard in _VALUES:
        if any(map(hazard.match, {piece[:size] for piece in part.split(before)[1:]})):
            return True
    fills = set(_FILL.findall(part)) if b"w:fill=" in part else ()
    return any(b'color w:val="' + fill in part for fill in fills)


def need_care(package: WordPackage) -> bool:
    """Return whether any runs may be displayed in unusual ways, by themselves or by a style in use."""
    if _has_hazards(package):
        return True
    styles = package.bytes_of_styles()
    if not _is_hazardous(styles):
        return False
    defaults, *each = kept_pattern(rb"<w:style(?=[ >])").split(styles)
    if _is_hazardous(defaults):
        return True
    named = {found[1]: style for style in each if (found := _STYLE_ID.search(style))}
    unplain = {name for name, style in named.items() if _is_hazardous(style)}
    for _ in named if unplain else ():  # styles based on such a style are included
        based = {n for n, s in named.items() if any(b'basedOn w:val="' + u + b'"' in s for u in unplain)}
        if based <= unplain:
            break
        unplain |= based
    return any(b'Style w:val="' + name + b'"' in package.main for name in unplain)


def has_ground(main: bytes) -> bool:
    """Return whether something lies behind the text of the main part: a coloured page, a picture, a shape."""
    return b"<w:background" in main or b'behindDoc="1"' in main or b"z-index:-" in main


class RunLooks:
    """Determines how the runs of one document are displayed."""

    def __init__(
        self,
        styles: Styles,
        careful: bool,
        *,
        white_paper: bool = False,
        cutting: bool = True,
        fonts: Mapping[str, FontDigits] = MappingProxyType({}),
    ) -> None:
        """Take the styles; `careful` tells whether anything in the document is not plain.

        `white_paper` is True if nothing but the cells, tables and paragraphs gives text a ground; `cutting`
        is False if no line or row of the main part has an exact height, which may cut off its text;
        `fonts` are the embedded ones that draw other digits, by name in lower case.
        """
        self.careful = careful or bool(fonts)
        self.cutting = self.careful and cutting
        self._fonts = fonts
        self._white_paper = white_paper
        self._styles = styles
        self._tables = TableStyles(styles)
        self._of_styles: dict[str | None, list[Element]] = {}

    def look(self, run: Element, properties: Element | None) -> Look:
        """Return how the text of a run is displayed."""
        holders = list(self._holders(run, properties))
        if hidden := _hidden_as(holders, run) or self._tiny_as(run, holders) or self._faint_as(run, holders):
            return hidden
        if is_on(_stated(holders, "strike")) or is_on(_stated(holders, "dstrike")):
            return "struck"
        align = _stated(holders, "vertAlign")
        position = whole_number(None if (at := _stated(holders, "position")) is None else at.get(VAL))
        raised = align is not None and align.get(VAL) in ("superscript", "subscript")
        return "raised" if raised or abs(position or 0) >= 3 else "plain"

    def kind(self, run: Element, properties: Element | None) -> str:
        """Return how the text of a run is displayed, or why its characters may not be those shown."""
        look = self.look(run, properties)
        if look == "plain" and self._fonts and (name := self._font_of(run, properties)) in self._fonts:
            return "glyphs" if self._fonts[name] else "font"
        if look != "plain" or properties is None:
            return look
        fonts = properties.find(f"{W}rFonts")
        if fonts is not None and str(fonts.get(f"{W}ascii")).startswith(("Wingdings", "Webdings")):
            return "text-layer"
        spacing = whole_number(value_of(properties, "spacing"))
        return "order" if spacing is not None and spacing <= _OVERLAPPING else look

    def drawn(self, run: Element, text: str) -> str:
        """Return the text of a run with the digits that its embedded font draws."""
        digits = self._fonts.get(self._font_of(run, properties_in(run, f"{W}rPr")))
        return text.translate(digits) if digits else text

    def _font_of(self, run: Element, properties: Element | None) -> str:
        """Return the font of a run's digits, in lower case; "" if none is set."""
        for each in self._holders(run, properties):
            fonts = each.find(f"{W}rFonts")
            if fonts is not None and fonts.get(f"{W}ascii"):
                return str(fonts.get(f"{W}ascii")).lower()
        return ""

    def _holders(self, run: Element, properties: Element | None) -> Iterator[Element]:
        """Yield all run properties that apply to a run, the most specific first."""
        if properties is not None:
            yield properties
            yield from self._of_style(value_of(properties, "rStyle"))
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            yield from self._of_style(value_of(paragraph, "pPr", "pStyle") or self._styles.default)
        yield from self._tables.properties(run, "rPr")
        yield from self._styles.run_defaults

    def _of_style(self, style_id: str | None) -> list[Element]:
        known = self._of_styles.get(style_id)
        if known is None:
            found = (style.find(f"{W}rPr") for style in self._styles.ancestry(style_id))
            known = self._of_styles[style_id] = [each for each in found if each is not None]
        return known

    def _faint_as(self, run: Element, holders: list[Element]) -> Look | None:
        """Return how a run is hidden by the colour of its background; unknown colours count as visible."""
        stated = _stated(holders, "color")
        color = None if stated is None else _rgb(stated.get(VAL))
        of_theme = stated is not None and stated.get(f"{W}themeColor") in ("background1", "light1")
        if of_theme:  # usually; the theme may say otherwise
            color = (1.0, 1.0, 1.0)
        if color is None:  # automatic: black, or white where Word finds the ground dark
            return None
        ground = self._ground(run, holders)
        if ground is None:
            if min(color) < _FAINT or not self._tables.is_known(run):
                return None
            return "absent" if min(color) == 1.0 and self._white_paper and not of_theme else "hidden"
        apart = max(abs(one - other) for one, other in zip(color, ground, strict=True))
        if apart > 0 or of_theme:
            return "hidden" if apart <= _NEAR else None
        return "absent" if min(ground) == 1.0 else "blended"

    def _ground(self, run: Element, holders: list[Element]) -> tuple[float, ...] | None:
        """Return the background colour of a run; None for white paper."""
        if (highlight := _stated(holders, "highlight")) is not None and highlight.get(VAL) != "none":
            return _HIGHLIGHTS.get(highlight.get(VAL), (0.0, 0.0, 0.0))
        around = [each.find(f"{W}{each.tag.removeprefix(W)}Pr") for each in run.iterancestors(*_SHADED)]
        stated = (each for each in around if each is not None)
        for holder in (
            *holders,
            *stated,
            *self._tables.properties(run, "tcPr"),
            *self._tables.properties(run, "tblPr"),
        ):
            shading = holder.find(f"{W}shd")
            fill = None if shading is None else _rgb(shading.get(f"{W}fill"))
            if fill is not None:
                return fill
        return None

    def _tiny_as(self, run: Element, holders: list[Element]) -> Look | None:
        size = _number(holders, "sz")
        if size is None or size > 12:
            return None
        around = next(run.iterancestors(f"{W}tc", f"{W}p"), None)
        sizes = [
            whole_number(each.get(VAL)) or 0 for each in (around.iter(f"{W}sz") if around is not None else ())
        ]
        stating = [each for each in holders if each.find(f"{W}sz") is not None]
        usual = _number(stating[1:], "sz") or _USUAL
        if size <= _SPECK:
            return "absent"
        return "hidden" if size <= 4 or size < TINY * max(*sizes, usual, size) else None


def _number(holders: list[Element], name: str) -> int | None:
    stated = _stated(holders, name)
    return None if stated is None else whole_number(stated.get(VAL))


def _stated(holders: list[Element], name: str) -> Element | None:
    """Return the property from the nearest run, style or table that sets it; None if none does."""
    for each in holders:
        stated = each.find(W + name)
        if stated is not None:
            return stated
    return None


def _hidden_as(holders: list[Element], run: Element) -> Look | None:
    """Return how a run is hidden by a property that says so; None if by none."""
    vanishing = [vanish for each in holders if (vanish := each.find(f"{W}vanish")) is not None]
    if vanishing and is_on(vanishing[0]):
        own = vanishing[0].getparent().getparent() is run
        # Of several styles that each hide, two may cancel each other.
        return "absent" if own or len(vanishing) == 1 else "hidden"
    width = _number(holders, "w")
    if width is not None and width <= 5:
        return "hidden"
    fills = (each.find(f"{W14}textFill/{W14}noFill") for each in holders)
    return "hidden" if any(each is not None for each in fills) else None


_SHADED = (f"{W}p", f"{W}tc", f"{W}tbl")
_HIGHLIGHTS: dict[str | None, tuple[float, ...]] = {
    "white": (1.0, 1.0, 1.0), "yellow": (1.0, 1.0, 0.0), "cyan": (0.0, 1.0, 1.0), "green": (0.0, 1.0, 0.0),
    "red": (1.0, 0.0, 0.0), "blue": (0.0, 0.0, 1.0), "magenta": (1.0, 0.0, 1.0),
    "lightGray": (0.75, 0.75, 0.75),
}  # fmt: skip


def _rgb(value: str | None) -> tuple[float, ...] | None:
    if value is None or not kept_pattern("[0-9A-Fa-f]{6}").fullmatch(value):
        return None
    return tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4))


def is_cut_off(paragraph: Element) -> bool:
    """Return whether the lines of a w:p, or its row, are too low to show text."""
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    if spacing is not None and spacing.get(f"{W}lineRule") == "exact":
        line = whole_number(spacing.get(f"{W}line"))
        if line is not None and line <= _THIN:
            return True
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    height = None if row is None else row.find(f"{W}trPr/{W}trHeight")
    if height is None or height.get(f"{W}hRule") != "exact":
        return False
    value = whole_number(height.get(VAL))
    return value is not None and value <= _THIN
