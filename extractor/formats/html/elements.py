"""HTML elements sorted by how they are read: paragraphs, containers, inline, ignored."""


def _names(line: str) -> frozenset[str]:
    return frozenset(line.split())


HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that are paragraphs.
BOXES = _names("p li dt dd pre caption figcaption summary address legend") | HEADINGS.keys()
# Elements that contain paragraphs, and may contain the article. The last two are custom elements of a
# publisher.
CONTAINERS = _names(
    "div section article main body form center ul ol dl blockquote header footer nav aside figure details "
    "fieldset hgroup dir menu search ucapcontent ucaptitle"
)
# Elements whose text is never part of the article. The w, o and m elements are Word's settings, which become
# visible if a publisher removes the comment around them.
DROPPED = _names(
    "script style template noscript select option datalist button textarea head title svg math rt rp rtc "
    "audio video canvas noframes col colgroup w:worddocument w:latentstyles w:data o:documentproperties "
    "o:officedocumentsettings o:shapedefaults o:shapelayout m:mathpr"
)
FRAMES = _names("iframe embed object frame")
IMAGES = _names("img v:imagedata")
STRUCK = _names("s del strike")  # deleted text
ROW_GROUPS = _names("tbody thead tfoot")
CELLS = _names("td th")
LONGEST_HEADING = 200  # characters; a heading element that is never closed would swallow paragraphs
