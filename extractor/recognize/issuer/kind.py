"""Whether a document is a report on information disclosure at all, as far as its words tell."""

import re

from extractor.document import Document, Paragraph, Table
from extractor.recognize.issuer.evidence import find_period, find_statements, front_texts
from extractor.recognize.issuer.title import find_titles, read_head
from extractor.recognize.issuer.words import CORE, fold

_OTHER_KIND = re.compile(
    "法治政府建设|依法行政工作|网站工作年度|网站监管|年度报表|政务公开工作要点|决算|预算|绩效|工作总结$|"
    f"{CORE}.{{0,12}}(?:通知|解读|图解|汇总|一览|通报|评估|编制说明|要求|培训)|^(?:一图读懂|图解|解读)|"
    f"的通知$|的通报$|通知[》）]?$"
)
_TOPIC = re.compile("信息公开|主动公开|依申请公开|申请公开|公开申请|不予公开|公开信息")
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
_PLACEHOLDER = re.compile("（文字描述|[×xXＸ]{2,4}(?:年|局|县|市|区|单位)|（单位名称）|（填写")
_HEADLINE = re.compile(
    f"^.{{4,60}}(?:报告|年报|报表|通知|解读|图解|通报|方案|要点|总结|办法|指南|说明)$|{CORE}"
)
_ENOUGH = 3  # mentions of the topic; the shortest free-form reports seen have more
_SENTENCE = re.compile(r"[。；]|\d+[条件次份]|[条件次份]\d")
_DENSE = 150  # characters a mention, at most, in a text of few subjects


def is_about_disclosure(document: Document, title: str | None) -> bool:
    """Say whether title, preamble and prose are those of a 政府信息公开 annual report.

    True for the free-form reports before 2014 too. False for other annual reports
    (法治政府建设, 政府网站工作), for notices and interpretations about the reports, for pages
    that list several years, and for an empty form.
    """
    headline = fold(title) if title else _headline(document)
    if headline and _OTHER_KIND.search(headline):
        return False
    if title and re.search("(?:模板|模版|样表|样式)$", title):
        return False
    texts = front_texts(document, 0)
    joined = "\n".join((*(text for _, text in texts), *_table_texts(document)))
    if _PLACEHOLDER.search(joined) or _lists_several(document):
        return False
    if title and re.search(CORE, headline):
        return True
    if joined.count("法治") > len(_TOPIC.findall(joined)):
        return False
    if any(statement.year for statement in find_statements(texts)):
        return True
    told = sum(subject in joined for subject in _SUBJECTS)
    if told and find_period(texts):
        return True
    if not any(_SENTENCE.search(text) and _TOPIC.search(text) for text in joined.split("\n")):
        return False  # a page of links has the words and no sentence
    mentions = len(_TOPIC.findall(joined))
    dense = mentions * _DENSE > len(joined)
    return told >= 2 and (mentions >= _ENOUGH and (dense or told >= 3))


def _headline(document: Document) -> str:
    """Return the line that announces the document where no title was recognized, or ""."""
    given = document.metadata.get("articletitle", "")
    if given.strip():
        return fold("".join(given.split()))
    for block in document.blocks[:8]:
        if isinstance(block, Paragraph):
            line = fold("".join(block.text.split()))
            if len(line) <= 80 and _HEADLINE.search(line):
                return line.partition("：")[2] or line
    return ""


def _table_texts(document: Document) -> list[str]:
    """Return the cells of the first tables: some reports are a table and nothing else."""
    tables = [block for block in document.blocks if isinstance(block, Table)][:2]
    return [fold("".join("".join(cell.text for cell in table.cells[:400]).split())) for table in tables]


def _lists_several(document: Document) -> bool:
    head = read_head(document)
    years = {found.year for found in find_titles(document, head) if found.year}
    return len(years) >= 3 and not head.is_followed_by_body(document)
