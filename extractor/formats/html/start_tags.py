"""The distinct start tags of a page, which prove what none of its elements has.

The elements of a page repeat the same few tags, so that searching these costs a small part of searching the
page or its tree.
"""

import re

from msgspec import Struct

from extractor.patterns import kept_pattern

# A start tag, without its "<", in which every quote surely begins or ends the value of an attribute, so that
# the first ">" outside quotes ends it for any parser. Others are rare: scripts that compare, damaged pages.
_SURE_TAG = kept_pattern(
    rb"[a-z][^ \t\n\f\r/>\"'=]*+"
    rb"(?:[ \t\n\f\r/]++[^ \t\n\f\r/>\"'=]++(?:=(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"']++))?+)*+"
    rb"[ \t\n\f\r/]*+>",
    re.IGNORECASE,
)

_NAMES = kept_pattern(rb"[ \t\n\f\r/](?:class|id)=(\"[^\"]*|'[^']*|[^ \t\n\f\r>]+)")


class StartTags(Struct, frozen=True):
    """The start tags of a page in lower case, each text once; `text` is None if they are not known surely."""

    page: bytes  # in UTF-8
    text: bytes | None
    count: int  # of "<" in the page

    def may_have(self, *words: bytes) -> bool:
        """Return whether an element may have one of these words in its name or attributes.

        The words are in lower case. Names of tags begin with "<".
        """
        return self.text is None or any(word in self.text for word in words)

    def may_say(self, *words: bytes) -> bool:
        """As `may_have`, for words in the values of attributes, which may be written as references."""
        return self.may_have(b"&#", *words)

    def names(self) -> frozenset[str] | None:
        """Return the classes and ids of all elements, in lower case; None if they are not known surely."""
        if self.text is None:
            return None
        values = b" ".join([value.lstrip(b"\"'") for value in _NAMES.findall(self.text)])
        return None if b"&" in values else frozenset(values.decode("utf-8", "replace").lower().split())


def start_tags(page: bytes) -> StartTags:
    """Return the start tags of a page in UTF-8.

    >>> start_tags(b"<p>1 < 2<P><td class='a>b' hidden>3</td>").text
    b"<p><td class='a>b' hidden>"
    >>> start_tags(b"<p>1<td title='a hidden>3").text is None
    True
    """
    pieces = page.split(b"<")
    found = set()
    for piece in frozenset(pieces[1:]):
        if piece[:1].isalpha():
            tag = _SURE_TAG.match(piece)
            if tag is None:
                return StartTags(page, None, len(pieces) - 1)
            found.add(tag[0].lower())
    return StartTags(page, b"".join([b"<" + tag for tag in sorted(found)]), len(pieces) - 1)
