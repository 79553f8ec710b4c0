"""HTML elements sorted by how they are read: paragraphs, containers, inline, ignored."""


def _names(line: str) -> frozenset[str]:
    return frozenset(line.split())


HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A paragraph of its own.
BOXES = _names("p li dt dd pre caption figcaption summary address legend") | HEADINGS.keys()
# Holds paragraphs, and may hold the article. The last two are a publisher's own elements.
CONTAINERS = _names(
    "div section article main body form center ul ol dl blockquote header footer nav aside figure details "
    "fieldset hgroup dir menu search ucapcontent ucaptitle"
)
# Never shown as text of the article. The w, o and m elements are Word's settings, which
# show as text where a publisher has stripped the comment around them.
DROPPED = _names(
    "script style template noscript select option datalist button textarea head title svg math rt rp rtc "
    "audio video canvas noframes col colgroup w:worddocument w:latentstyles w:data o:documentproperties "
    "o:officedocumentsettings o:shapedefaults o:shapelayout m:mathpr"
)
FRAMES = _names("iframe embed object frame")
IMAGES = _names("img v:imagedata")
STRUCK = _names("s del strike")  # what stands there no more
ROW_GROUPS = _names("tbody thead tfoot")
CELLS = _names("td th")
LONGEST_HEADING = 200  # characters; a heading that was never closed swallows paragraphs
