"""CSS properties sorted into those that only change appearance, and those that may hide, move or change text.

Other properties are not known to be harmless, so cells with them are not read as plain cells.
"""

from extractor.patterns import kept_pattern


def _names(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


# They change how text looks, but not which characters are visible, or where.
_LOOKS = _names(
    """
    background-repeat background-position background-size background-attachment background-origin border
    border-collapse border-color border-image border-radius border-spacing border-style border-width
    box-shadow box-sizing break-after break-before break-inside caption-side caret-color clear
    color-scheme cursor empty-cells font-family font-feature-settings font-kerning
    font-language-override font-optical-sizing font-stretch font-style font-synthesis font-variant
    font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-weight
    hanging-punctuation hyphens justify-content align-items align-content align-self justify-items
    justify-self place-content place-items gap row-gap column-gap flex flex-basis flex-grow flex-shrink
    flex-wrap layout-grid layout-grid-mode line-break line-height list-style list-style-image
    list-style-position list-style-type max-height max-width min-height min-width object-fit orphans
    outline outline-color outline-offset outline-style outline-width overflow-wrap padding page
    page-break-after page-break-before page-break-inside pointer-events punctuation-trim
    punctuation-wrap quotes resize ruby-align size src tab-interval tab-stops tab-size table-layout
    text-align text-align-last text-autospace text-decoration-color text-decoration-style
    text-decoration-thickness text-emphasis text-justify text-justify-trim text-kashida-space
    text-line-through text-overflow text-rendering text-shadow text-size-adjust text-spacing
    text-transform text-underline text-underline-position text-underline-offset text-wrap touch-action
    transition transition-delay transition-duration transition-property transition-timing-function
    user-select white-space widows width height word-break word-spacing word-wrap z-index will-change
    behavior scroll-behavior scrollbar-width scrollbar-color accent-color appearance aspect-ratio
    backface-visibility unicode-range panose-1 isolation contain writing-mode text-orientation
    line-break font-display layout-flow overflow-anchor content-type -webkit-box-orient
    -webkit-line-clamp tap-highlight-color border-right border-left border-top border-bottom
    background-clip columns column-count column-width column-rule image-rendering interpolation-mode
    _height font-smoothing overflow-scrolling font-color text-color bgcolor align valign cellpadding
    cellspacing margin-trim vertical-rl kerning scroll-margin-top layout
    """
)
_FAMILIES = kept_pattern(
    r"(?:border|padding|outline|list-style|column|scroll|mso|page|text-emphasis|ime|nav|speak|ruby)-"
)
# Properties that paint.py and cell.py evaluate; font-face is added by `faces.with_faces`.
ASKED = _names(
    """
    display mso-hide visibility opacity filter content-visibility -webkit-text-security position left
    top right bottom inset margin margin-left margin-top margin-right margin-bottom text-indent
    transform scale rotate translate clip clip-path overflow overflow-x overflow-y width height
    max-width max-height text-decoration text-decoration-line vertical-align font-variant-position
    mso-text-raise font-size font zoom float order grid-column grid-row grid-area flex-direction
    flex-flow unicode-bidi direction letter-spacing color -webkit-text-fill-color background
    background-color background-image content text-shadow font-face flex flex-basis flex-grow
    grid-template-columns
    """
)
_NAME = kept_pattern(r"(?:^|[;{])\s*([*_a-z-][\w-]*)\s*(?=:)|^([a-z-]+)$")
_PREFIX = kept_pattern(r"^(?:-(?:webkit|moz|ms|o|khtml)-|[*_])")


def is_known(name: str) -> bool:
    """Return whether a property, in lower case, only changes appearance or is evaluated.

    >>> is_known("mso-pagination"), is_known("color"), is_known("mask-image")
    (True, True, False)
    """
    if name in ASKED or name in _LOOKS or name.startswith("--"):
        return True
    bare = _PREFIX.sub("", name)
    return bare in ASKED or bare in _LOOKS or _FAMILIES.match(bare) is not None


def is_asked(declarations: str) -> bool:
    """Return whether declarations, or a property name, include more than mere appearance.

    >>> is_asked("border:1px solid;width:9px"), is_asked("border-color"), is_asked("mask:url(a)")
    (True, False, True)
    """
    names = {one or other for one, other in _NAME.findall(declarations)}
    return any(name in ASKED or not is_known(name) for name in names)


def has_unknown(declarations: str) -> bool:
    """Return whether declarations, in lower case, include an unknown property."""
    return not all(is_known(one or other) for one, other in _NAME.findall(declarations))
