"""Writes a report's titles, headings and sentences around its numbers. All sentences are our own."""

from random import Random

from msgspec import Struct

from .draft import Block, Draft, Heading, Paragraph, TableHere
from .truth import Truth
from .wording import HEADINGS, PARTS_OF_OVERVIEW, TITLES


class Manner(Struct, frozen=True):
    """How a publisher sets the text."""

    title: str = "agency_year"  # a key of TITLES
    title_lines: int = 1
    numbering: str = "plain"  # plain, dash, ones, run_in, unnumbered, twice
    preamble: bool = True
    signature: bool = False
    standard_headings: bool = False
    tells: bool = True  # the prose repeats the totals of the tables
    stale_period: bool = False  # the preamble still has the period of the year before


PLAIN_MANNER = Manner()
_PART_NUMBERS = "一二三四五"


def write(truth: Truth, manner: Manner = PLAIN_MANNER) -> Draft:
    """Return the report of this truth as text blocks with the tables in place."""
    rng = Random(f"prose/{truth.seed}")
    blocks: list[Block] = []
    if manner.preamble:
        blocks += [Paragraph(text) for text in _preamble(truth, manner)]
    blocks += _overview(truth, manner, rng)
    blocks += _sections(truth, manner, rng)
    if manner.signature:
        blocks += [Paragraph(truth.agency.name), Paragraph(f"{truth.year + 1}年1月18日")]
    return Draft(truth, _title(truth, manner), tuple(blocks), manner.tells)


def _title(truth: Truth, manner: Manner) -> tuple[str, ...]:
    text = TITLES[manner.title].format(agency=truth.agency.name, year=truth.year)
    if manner.title_lines == 1:
        return (text,)
    cut = text.index(str(truth.year)) or text.index("政府信息公开")
    return (text[:cut], text[cut:])


def _preamble(truth: Truth, manner: Manner) -> list[str]:
    agency, year = truth.agency, truth.year
    counted = year - 1 if manner.stale_period else year
    names = agency.name if manner.title != "year_only" else f"{agency.name}（以下简称“本机关”）"
    return [
        f"按照《中华人民共和国政府信息公开条例》的规定，{names}编制{year}年度报告如下。"
        "全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、"
        "行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。"
        f"所列数据的统计期限自{counted}年1月1日起至{counted}年12月31日止。"
    ]


def _overview(truth: Truth, manner: Manner, rng: Random) -> list[Block]:
    blocks: list[Block] = [_main_heading("overview", 0, truth, manner, rng)]
    blocks.append(Paragraph(f"{truth.year}年，{truth.agency.we}把政务公开列入年度要点，逐项抓好落实。"))
    old = truth.form == "2014"
    parts = [p for p in PARTS_OF_OVERVIEW if not (old and p in ("management", "platforms"))]
    for index, part in enumerate(parts):
        text = _part_text(part, truth, manner.tells)
        heading = _part_heading(part, index, manner, rng)
        if manner.numbering == "run_in":
            blocks.append(Heading(heading.code, heading.text, 2, f"。{text}"))
        else:
            blocks += [heading, Paragraph(text)]
    return blocks


def _part_heading(part: str, index: int, manner: Manner, rng: Random) -> Heading:
    variants = PARTS_OF_OVERVIEW[part]
    name = variants[0] if manner.standard_headings else rng.choice(variants)
    number = f"（{_PART_NUMBERS[index]}）"
    if manner.numbering == "ones":
        number = "1. "
    elif manner.numbering == "unnumbered":
        number = "()" if index == 0 else ""
    elif manner.numbering == "twice" and index == 2:
        number = "（二）"
    return Heading(f"overview.{part}", number + name, 2)


def _main_heading(code: str, index: int, truth: Truth, manner: Manner, rng: Random) -> Heading:
    variants = HEADINGS["2014" if truth.form == "2014" else "standard"][code]
    name = variants[0] if manner.standard_headings else rng.choice(variants)
    number = f"{'一二三四五六'[index]}、"
    if manner.numbering == "dash" and index == 0:
        number = "—、"
    elif manner.numbering == "ones":
        number = "1、 "
    return Heading(code, number + name, 1)


def _part_text(part: str, truth: Truth, tells: bool) -> str:
    we, year = truth.agency.we, truth.year
    texts = {
        "proactive": f"全年通过门户网站公开信息{truth.seed % 700 + 31}条，其中政策文件12条、图解3条，"
        f"网站访问量{truth.seed % 9000 + 20000}次。",
        "requests": _requests_told(truth)
        if tells
        else "按照登记、审核、答复的流程逐件办理，均在期限内答复。",
        "management": f"{we}完善信息发布前的三级审核，清理失效文件4件，更新目录2次。",
        "platforms": "按期维护网站专栏，撤并长期不更新的栏目1个，政务新媒体推送图文86篇。",
        "supervision": f"{year}年开展业务培训2场，78人次参加；接受社会评议，未发生责任追究的情形。",
    }
    return texts[part]


def _requests_told(truth: Truth) -> str:
    table = {"2014": "statistics.{}.value"}.get(truth.form, "requests.{}.total")
    if truth.form == "2014":
        received, concluded = (truth.figures[table.format(r)] for r in ("received", "concluded"))
        return f"全年收到政府信息公开申请{received}件，办结{concluded}件。"
    new, carried_in, handled, carried_out = (
        truth.figures[table.format(row)] for row in ("new", "carried_in", "handled_total", "carried_out")
    )
    if not (new or carried_in):
        return f"{truth.year}年，{truth.agency.we}未收到政府信息公开申请。"
    return (
        f"全年新收政府信息公开申请{new}件，上年结转{carried_in}件；"
        f"办结{handled}件，结转下年度继续办理{carried_out}件。"
    )


_SECTIONS = ("proactive", "requests", "disputes", "problems", "other")


def _sections(truth: Truth, manner: Manner, rng: Random) -> list[Block]:
    blocks: list[Block] = []
    for index, code in enumerate(_SECTIONS, start=1):
        blocks.append(_main_heading(code, index, truth, manner, rng))
        if code in truth.tables:
            blocks.append(TableHere(code))
        if code in ("problems", "other"):
            blocks.append(Paragraph(_closing_text(code, truth)))
        elif truth.form == "2014":
            blocks.append(Paragraph(_old_section_text(code, truth)))
    if truth.form == "2014":
        blocks += [Paragraph(f"附表：政府信息公开情况统计表（{truth.year}年度）"), TableHere("statistics")]
    return blocks


def _old_section_text(code: str, truth: Truth) -> str:
    texts = {
        "proactive": "主动公开的内容涉及机构职能、财政预决算、民生实事三个方面，均在形成后二十日内上网。",
        "requests": _requests_told(truth),
        "disputes": f"因政府信息公开被申请行政复议{truth.figures['statistics.review.value']}件，"
        f"被提起行政诉讼{truth.figures['statistics.litigation.value']}件。",
    }
    return texts[code]


def _closing_text(code: str, truth: Truth) -> str:
    if code == "problems":
        return (
            f"一是解读的形式还不够多样；二是个别科室报送不够及时。下一步，{truth.agency.we}将在"
            "形式上多做尝试，把报送时限写进科室职责。"
        )
    return "本年度未收取信息处理费，没有其他需要报告的事项。"
