"""Title, agency and year, from invented reports."""

import json
from pathlib import Path

import pytest

from extractor.document import NOWHERE, Cell, Document, Paragraph, Source, Table
from extractor.pipeline import report_on
from extractor.recognize.issuer import FrontMatter, read_front_matter

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
BODY = (
    "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
    "一、总体情况",
    "（一）主动公开情况。2022年，我局主动公开政府信息31条。",
    "（二）依申请公开情况。收到公开申请2件，均已答复，没有行政复议、行政诉讼。",
)


def document(*lines: str, format: str = "text", **metadata: str) -> Document:
    return Document(format, tuple(Paragraph(line) for line in lines), metadata)


def read(*lines: str, name: str = "a.txt", url: str | None = None, **metadata: str) -> FrontMatter:
    return read_front_matter(Source(name, b"", url=url), document(*lines, **metadata))


def codes(front: FrontMatter) -> set[str]:
    return {notice.code for notice in front.notices}


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("云岭县档案局2022年政府信息公开工作年度报告", "云岭县档案局", 2022),
        ("云岭县档案局2022年度政府信息公开工作年度报告", "云岭县档案局", 2022),
        ("云岭县档案局2022年政府信息公开年度报告", "云岭县档案局", 2022),
        ("2022年云岭县档案局政府信息公开工作年度报告", "云岭县档案局", 2022),
        ("2022云岭县档案局政府信息公开工作年度报告", "云岭县档案局", 2022),
        ("2022年度云岭县档案局政府信息公开年报", "云岭县档案局", 2022),
        ("云岭县档案局二〇二二年政府信息公开工作年度报告", "云岭县档案局", 2022),
        ("云岭县档案局2022年度政府信息公开工作报告", "云岭县档案局", 2022),
        ("云岭县档案局2022年信息公开工作年度报告", "云岭县档案局", 2022),
        ("云岭县档案局2022年政府信息公开年度报告（修改）", "云岭县档案局", 2022),
        ("关于云岭县档案局2022年政府信息公开工作年度报告", "云岭县档案局", 2022),
        ("雲嶺縣檔案局２０２２年政府信息公開工作年度報告", "云岭县档案局", 2022),
        ("云岭县石桥镇人民政府信息公开工作年度报告（2022年度）", "云岭县石桥镇人民政府", 2022),
    ],
)
def test_every_usual_title_gives_its_agency_and_year(title: str, agency: str, year: int) -> None:
    found = read(title, *BODY)
    assert (found.title, found.issuer.name, found.year) == (title, agency, year)
    assert found.begin == 1


def test_a_title_over_three_lines_is_put_on_one() -> None:
    found = read("云岭县档案局", "2022 年度政府", "信息公开工作年度报告", "（2023年1月）", *BODY)
    assert found.title == "云岭县档案局2022年度政府信息公开工作年度报告"
    assert (found.issuer.printed, found.begin) == ("云岭县档案局", 4)


def test_of_two_titles_the_last_is_the_documents_own() -> None:
    found = read(
        "云岭县档案局2022年度政府信息公开工作年度报告",
        "来源：县档案局 发布时间：2023-01-12 10:00 浏览次数：8",
        "云岭县档案局",
        "2022年政府信息公开工作年度报告",
        *BODY,
    )
    assert found.title == "云岭县档案局2022年政府信息公开工作年度报告"
    assert found.begin == 4


def test_a_title_in_the_paragraph_of_the_preamble_leaves_begin_at_that_paragraph() -> None:
    found = read("　　云岭县档案局2022年度政府信息公开工作报告　　根据《条例》，发布本报告。", *BODY)
    assert found.title == "云岭县档案局2022年度政府信息公开工作报告"
    assert found.begin == 0


def test_a_large_table_may_have_the_title_above_its_columns_and_no_other_cell_is_one() -> None:
    def table(*rows: tuple[str, ...]) -> Document:
        many = (*rows, *(("条", str(n), "0") for n in range(20)))
        cells = (Cell(y, x, text, NOWHERE) for y, row in enumerate(many) for x, text in enumerate(row))
        return Document("doc", (Table(tuple(cells)),), {})

    title, other = "云岭县档案局2016年政府信息公开工作年度报告", "乙局2015年政府信息公开工作年度报告"
    above = table(("", ""), (title, "", ""), ("指标", "单位", "数"), (other, "", ""))
    front = read_front_matter(Source("a.xlsx", b""), above)
    assert (front.title, front.issuer.name, front.year) == (title, "云岭县档案局", 2016)
    assert read_front_matter(Source("a.xlsx", b""), table(("指标", "单位", title))).title is None


def test_breadcrumbs_before_a_title_are_no_part_of_it() -> None:
    line = "当前位置： 首页政务公开政府信息公开年报 云岭县档案局2022年 政府信息公开年度报告 来源：云岭县 根据"
    found = read(line, *BODY)
    assert found.title == "云岭县档案局2022年政府信息公开年度报告"
    assert found.issuer.name == "云岭县档案局"


def test_a_sentence_that_names_the_report_is_no_title_but_says_who_and_when() -> None:
    found = read("现公布云岭县档案局2022年政府信息公开工作年度报告。", *BODY[1:])
    assert (found.title, found.issuer.name, found.year) == (None, "云岭县档案局", 2022)


def test_the_title_of_the_page_counts_where_the_body_has_none() -> None:
    found = read(*BODY, format="html", title="云岭县档案局2022年政府信息公开工作年度报告_年报_云岭县")
    assert found.title == "云岭县档案局2022年政府信息公开工作年度报告"
    assert (found.issuer.name, found.begin) == ("云岭县档案局", 0)


def test_the_agency_is_read_from_the_signature_where_the_title_has_none() -> None:
    found = read("2022年政府信息公开工作年度报告", *BODY, "云岭县档案局", "2023年1月12日")
    assert (found.issuer.name, found.issuer.printed) == ("云岭县档案局", None)


def test_a_signature_may_share_the_last_paragraph() -> None:
    found = read(*BODY, "六、其他需要报告的事项无。云岭县档案局2023年1月12日")
    assert found.issuer.name == "云岭县档案局"


def test_a_row_of_a_table_glued_to_the_signature_is_no_part_of_it() -> None:
    front = read("2022年政府信息公开工作年度报告", *BODY, "（三）接受培训人员数人次云岭县档案局2023年1月18日")
    assert front.issuer.name == "云岭县档案局"


@pytest.mark.parametrize("number", ["一", "—", "－", "1"])
def test_a_title_may_be_glued_to_the_first_heading(number: str) -> None:
    front = read(f"云岭县档案局2022年政府信息公开年度报告{number}、基本情况2022年，我局抓好落实。")
    assert (front.title, front.issuer.name) == (
        "云岭县档案局2022年政府信息公开年度报告",
        "云岭县档案局",
    )


def test_a_short_title_is_completed_by_the_signature() -> None:
    found = read("档案局2022年政府信息公开工作年度报告", *BODY, "云岭县档案局", "2023年1月12日")
    assert (found.issuer.name, found.issuer.printed) == ("云岭县档案局", "档案局")


def test_another_agency_in_the_preamble_is_a_conflict_and_the_title_wins() -> None:
    found = read(
        "云岭县石桥镇2022年政府信息公开工作年度报告",
        "现公布云岭县民政局2022年度政府信息公开工作年度报告。",
        *BODY,
    )
    assert found.issuer.name == "云岭县石桥镇"
    assert codes(found) == {"agency-conflict"}


def test_an_agency_that_merely_occurs_is_never_the_issuer() -> None:
    found = read(
        "2022年政府信息公开工作年度报告", *BODY, "报送青川市审计局和云岭县人民政府办公室备案的文件共3件。"
    )
    assert found.issuer.name is None


def test_another_year_in_the_period_is_a_conflict_and_the_title_wins() -> None:
    found = read("云岭县档案局2023年政府信息公开工作年度报告", *BODY)
    assert found.year == 2023
    assert codes(found) == {"year-conflict"}


@pytest.mark.parametrize(
    "period",
    [
        "统计期限为202211日至20221231日。",
        "统计期限自20221月1日至202212月31日。",
        "数据统计期限为202211日到1231日。",
    ],
)
def test_the_period_is_read_where_the_page_lost_its_units(period: str) -> None:
    found = read("政府信息公开工作年度报告", "本报告" + period, *BODY[1:2])
    assert (found.year, codes(found)) == (2022, set())


def test_a_period_over_two_years_gives_no_year() -> None:
    found = read("云岭县档案局报告", "数据的统计期限自2019年1月1日起至2020年12月31日止。")
    assert found.year is None
    assert "year-conflict" in codes(found)


def test_the_year_of_publication_is_not_the_year() -> None:
    found = read(
        "云岭县档案局政府信息公开工作年度报告", "发布日期：2023-01-20", "一、总体情况", "全年公开信息3条。"
    )
    assert found.year is None


def test_a_year_from_the_file_name_is_noted() -> None:
    found = read("云岭县档案局政府信息公开工作年度报告", "一、总体情况", name="云岭县档案局2022年报.txt")
    assert (found.year, codes(found)) == (2022, {"year-inferred"})


def test_a_page_that_lists_several_years_has_none() -> None:
    lines = [f"云岭县{year}年政府信息公开工作年度报告" for year in range(2018, 2024)]
    found = read(*lines)
    assert (found.title, found.year, found.issuer.name) == (None, None, None)
    assert report_on(Source("a", b""), document(*lines)).verdict == "not_a_report"


def test_a_title_followed_by_a_report_is_taken_among_links_to_other_years() -> None:
    links = [f"云岭县档案局{year}年政府信息公开工作年度报告" for year in (2019, 2020, 2021)]
    found = read(*links, "云岭县档案局2022年政府信息公开工作年度报告", *BODY)
    assert found.year == 2022
    assert codes(found) == {"several-titles"}


@pytest.mark.parametrize("link", ["上一篇：", "下一篇："])
def test_a_link_to_the_neighbouring_page_is_no_title(link: str) -> None:
    own = "云岭县档案局2022年政府信息公开工作年度报告"
    found = read(own, link + "云岭县档案局2021年政府信息公开工作年度报告", "本局重视公开。")
    assert (found.title, found.year) == (own, 2022)


def test_an_attachment_at_the_end_of_a_report_without_headings_does_not_move_its_beginning() -> None:
    title = "云岭县档案局2012年政府信息公开工作年度报告"
    prose = "全年主动公开政府信息31条，受理公开申请2件，均已答复。" * 5
    found = read(title, prose, prose, "附件：" + title)
    assert found.begin == 1


def test_a_sentence_broken_over_lines_is_no_title() -> None:
    found = read("根据条例要求，编制云岭县档案局 2022 年政府信息公开工作年度报告", "并公布如下。", *BODY)
    assert (found.title, found.issuer.name, found.year) == (None, "云岭县档案局", 2022)


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (
            "云岭县档案局、云岭县民政局2022年政府信息公开工作年度报告",
            "云岭县档案局、云岭县民政局",
        ),
        ("国家统计局云岭调查队2022年政府信息公开工作年度报告", "国家统计局云岭调查队"),
        ("云岭县供销合作社联合社2022年政府信息公开工作年度报告", "云岭县供销合作社联合社"),
        ("云岭县政务公开办公室2022年政府信息公开工作年度报告", "云岭县政务公开办公室"),
        ("2022年政府信息公开工作年度报告（云岭县档案局）", "云岭县档案局"),
        ("云岭县（本级）2022年政府信息公开工作年度报告", "云岭县"),
        ("云岭县档案局政府信息公开2022年度报告", "云岭县档案局"),
        ("云岭县档案局关于2022年政府信息公开工作年度报告", "云岭县档案局"),
    ],
)
def test_rarer_titles_give_their_agency_too(title: str, agency: str) -> None:
    found = read(title, *BODY)
    assert (found.title, found.issuer.name, found.year) == (title, agency, 2022)


def test_an_empty_form_has_neither_agency_nor_year() -> None:
    found = read("政府信息公开工作年度报告格式模板", *BODY, name="模板2021.docx")
    assert (found.title, found.year) == ("政府信息公开工作年度报告格式模板", None)
    assert found.issuer.name is None


GOLD = sorted((CORPUS / "gold").glob("*.json")) if CORPUS.is_dir() else []


@pytest.mark.skipif(not GOLD, reason="the corpus of real reports is not beside this checkout")
@pytest.mark.parametrize(
    "path", [each for each in GOLD if each.stem.startswith(("hebei", "pingtan_gwh", "sh_"))]
)
def test_real_reports_give_what_a_reader_finds(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    source = CORPUS / gold["file"]
    if source.suffix not in (".txt", ".md"):
        pytest.skip("read by another adapter")
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = read(*lines, name=source.name)
    assert found.title in (gold["title"], *gold.get("title_also", ()))
    assert found.year == gold["year"]
    names = [gold["issuer"]["name"], *gold["issuer"].get("aliases", ())]
    assert found.issuer.name in names or (not gold["issuer"]["printed"] and found.issuer.name is None)


def test_a_fuller_title_of_the_page_completes_the_documents_own() -> None:
    found = read(
        "宁夏回族自治区应急管理厅2023年政府信息公开年度报告",
        "自治区应急管理厅",
        "2023年政府信息公开工作年度报告",
        "一、总体情况",
    )
    assert (found.issuer.name, found.issuer.region_code) == ("宁夏回族自治区应急管理厅", "640000")
