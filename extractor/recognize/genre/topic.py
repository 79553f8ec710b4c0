"""Whether a document without a report's title is about disclosure in the way that reports are."""

from extractor.document import Document, Table
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.evidence import find_period, find_statements, front_texts
from extractor.recognize.issuer.title import Head, find_titles, read_head
from extractor.recognize.issuer.words import CORE, fold

_TOPIC = late_pattern("信息公开|主动公开|依申请公开|申请公开|公开申请|不予公开|公开信息")
_DISCLOSED = late_pattern(r"公\s*[开開]")
_SUBJECTS = (
    "主动公开",
    "申请公开",
    "行政复议",
    "行政诉讼",
    "不予公开",
    "公开条例",
    "政府信息公开",
    "公开指南",
    "公开目录",
)
# Every text about disclosure contains one of these.
_NEEDED = late_pattern("公开|1月1日|行政复议|行政诉讼")
_SEVERAL = 3  # so many titles make it a page with links
_ENOUGH = 3  # mentions of the topic; the shortest free-form reports seen have more
_SENTENCE = late_pattern(r"[。；]|\d+[条件次份]|[条件次份]\d")
_DENSE = 150  # most characters per mention, in a text with few subjects


def may_be_about_disclosure(text: str) -> bool:
    """Return whether a text contains 公开, as every report does, with any blanks and in either script.

    >>> [may_be_about_disclosure(text) for text in ("信息公 开", "預算公開", "预算")]
    [True, True, False]
    """
    return _DISCLOSED.search(text) is not None


def is_about_disclosure(document: Document, title: str | None) -> bool:
    """Return whether title, preamble and prose are those of an annual report on 政府信息公开.

    Also True for the free-form reports before 2014. False for pages that list several years, and if the words
    occur in no sentence.
    """
    texts = front_texts(document, 0)
    joined = "\n".join((*(text for _, text in texts), *_table_texts(document)))
    if not title and not _NEEDED.search(joined):
        return False
    if lists_several(document):
        return False
    if title and kept_pattern(CORE).search(fold(title)):
        return True
    if joined.count("法治") > len(_TOPIC.findall(joined)):
        return False
    if any(statement.year for statement in find_statements(texts)):
        return True
    told = sum(subject in joined for subject in _SUBJECTS)
    if told and find_period(texts):
        return True
    if not any(_SENTENCE.search(text) and _TOPIC.search(text) for text in joined.split("\n")):
        return False  # a page of links contains the words, but no sentence
    mentions = len(_TOPIC.findall(joined))
    dense = mentions * _DENSE > len(joined)
    return told >= 2 and (mentions >= _ENOUGH and (dense or told >= 3))


def _table_texts(document: Document) -> list[str]:
    """Return the cells of the first tables: some reports are a table and nothing else."""
    tables = [block for block in document.blocks if isinstance(block, Table)][:2]
    return [fold("".join("".join(cell.text for cell in table.cells[:400]).split())) for table in tables]


def is_compiled(document: Document) -> bool:
    """Return whether the preamble says who made the report, for which year or period."""
    texts = front_texts(document, 0)
    return find_period(texts) is not None or any(True for _ in find_statements(texts))


def lists_several(document: Document, head: Head | None = None) -> bool:
    """Say whether titles of several years or of several agencies stand there, and no report below them.

    `head` is what `read_head` gives for the document, where that is known.
    """
    head = head or read_head(document)
    if head.is_followed_by_body(document):
        return False
    titles = find_titles(document, head)
    years = {found.year for found in titles if found.year}
    agencies = {found.agency for found in titles if found.agency}
    return len(years) >= _SEVERAL or len(agencies) >= _SEVERAL
