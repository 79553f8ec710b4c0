"""Division, level, kind and scope of an agency."""

import csv
from pathlib import Path

import pytest

from extractor.document import Document, Paragraph, Source
from extractor.recognize.issuer import FrontMatter, read_front_matter
from extractor.recognize.issuer.divisions import divisions_named, full_name, in_year

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def read(agency: str, *lines: str, year: int = 2022, url: str | None = None) -> FrontMatter:
    title = f"{agency}{year}年政府信息公开工作年度报告"
    blocks = tuple(Paragraph(line) for line in (title, *lines))
    return read_front_matter(Source("a.txt", b"", url=url), Document("text", blocks))


@pytest.mark.parametrize(
    ("agency", "code", "region", "level", "kind"),
    [
        ("嘉兴市人民防空办公室", "330400", "浙江省嘉兴市", "prefecture", "department"),
        ("河北省教育厅", "130000", "河北省", "province", "department"),
        ("淮安市洪泽区人民政府", "320813", "江苏省淮安市洪泽区", "county", "government"),
        ("上海市科委", "310000", "上海市", "province", "department"),
        ("北京市朝阳区人民政府", "110105", "北京市朝阳区", "county", "government"),
        ("徐州市鼓楼区审计局", "320302", "江苏省徐州市鼓楼区", "county", "department"),
        ("黔东南州农业农村局", "522600", "贵州省黔东南苗族侗族自治州", "prefecture", "department"),
        ("保亭县政府办公室", "469029", "海南省保亭黎族苗族自治县", "county", "department"),
        ("五常市背荫河镇", "230184", "黑龙江省哈尔滨市五常市", "township", "township"),
        ("重庆市九龙坡区二郎街道办事处", "500107", "重庆市九龙坡区", "township", "township"),
        ("上海市公安局普陀分局", "310107", "上海市普陀区", "county", "department"),
        ("国家税务总局嘉兴市税务局", "330400", "浙江省嘉兴市", "prefecture", "department"),
        ("湛江海关", None, None, None, "department"),
        ("西乌旗自然资源局", "152526", "内蒙古自治区锡林郭勒盟西乌珠穆沁旗", "county", "department"),
        ("上虞谢塘镇人民政府", "330604", "浙江省绍兴市上虞区", "township", "township"),
        ("乌鲁木齐高新区（新市区）", "650104", "新疆维吾尔自治区乌鲁木齐市新市区", "county", None),
        ("东营市司法局", "370500", "山东省东营市", "prefecture", "department"),
        ("杨凌示范区审计局", "610403", "陕西省咸阳市杨陵区", "prefecture", "department"),
        ("水利部", None, None, "state", "department"),
        ("成都市", "510100", "四川省成都市", "prefecture", "government"),
    ],
)
def test_a_name_gives_its_place(agency: str, code: str, region: str, level: str, kind: str) -> None:
    issuer = read(agency).issuer
    assert (issuer.region_code, issuer.region, issuer.level, issuer.kind) == (code, region, level, kind)


def test_a_name_that_several_places_bear_stays_open_and_names_them() -> None:
    found = read("朝阳区审计局")
    assert (found.issuer.region_code, found.issuer.level) == (None, "county")
    (notice,) = found.notices
    assert notice.code == "region-ambiguous"
    assert "110105" in notice.message
    assert "220104" in notice.message


@pytest.mark.parametrize("url", ["http://sjj.bj.gov.cn/a.html", "https://www.beijing.gov.cn/a"])
def test_the_address_settles_such_a_name_and_a_notice_says_so(url: str) -> None:
    found = read("朝阳区审计局", url=url)
    assert found.issuer.region_code == "110105"
    assert [notice.code for notice in found.notices] == ["region-settled"]


def test_the_text_settles_such_a_name() -> None:
    found = read("朝阳区审计局", "根据长春市的要求，本局编制报告。")
    assert found.issuer.region == "吉林省长春市朝阳区"


def test_a_county_host_completes_a_township_and_a_notice_says_so() -> None:
    found = read("石桥镇", url="http://www.datian.gov.cn/a.htm")
    assert (found.issuer.name, found.issuer.region_code) == ("大田县石桥镇", "350425")
    assert [notice.code for notice in found.notices] == ["agency-completed"]


@pytest.mark.parametrize("url", ["http://www.suixi.gov.cn/", "http://mirror.example.com/", None])
def test_a_host_that_spells_two_places_or_none_completes_nothing(url: str | None) -> None:
    found = read("石桥镇", url=url)
    assert (found.issuer.name, found.issuer.region_code) == ("石桥镇", None)


def test_the_text_completes_a_name_without_its_place() -> None:
    assert (
        read("石桥镇人民政府", "联系人：大田县石桥镇人民政府办公室。").issuer.name == "大田县石桥镇人民政府"
    )


@pytest.mark.parametrize("agency", ["南京路街道办事处", "太湖流域管理局", "大同坪镇"])
def test_a_place_inside_another_word_is_no_place(agency: str) -> None:
    assert read(agency).issuer.region_code is None


def test_a_functional_zone_has_no_code_of_its_own() -> None:
    found = read("云岭经济开发区管委会")
    assert (found.issuer.region_code, found.issuer.level) == (None, None)
    assert [notice.code for notice in found.notices] == ["region-zone"]


@pytest.mark.parametrize(("year", "code"), [(2010, "110103"), (2008, "110103")])
def test_a_merged_area_keeps_the_code_of_its_time(year: int, code: str) -> None:
    assert read("崇文区审计局", year=year).issuer.region_code == code


def test_a_renamed_area_has_the_name_and_code_of_the_year() -> None:
    (early,) = in_year(divisions_named("洪泽县"), 2012)
    (late,) = in_year(divisions_named("洪泽区"), 2023)
    assert (early.code, late.code) == ("320829", "320813")
    (county,) = in_year(divisions_named("谷城县"), 2009)
    assert full_name(county, 2009) == "湖北省襄樊市谷城县"
    assert full_name(county, 2012) == "湖北省襄阳市谷城县"


@pytest.mark.parametrize(
    ("preamble", "scope"),
    [
        ("本报告由县政府办公室综合全县各镇、各部门的年度报告编制而成。", "area"),
        ("本报告根据各乡镇和县直各部门的数据汇总形成。", "area"),
        ("本报告所列数据仅限本局机关。", "own"),
        ("所列数据为市本级的统计数据。", "own"),
        ("根据条例的要求编制本报告。", None),
    ],
)
def test_the_preamble_says_whose_figures_these_are(preamble: str, scope: str | None) -> None:
    assert read("大田县", preamble).issuer.scope == scope


def test_agencies_labelled_by_hand_get_their_region_and_level() -> None:
    with (FIXTURES / "agencies.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    codes = levels = 0
    for row in rows:
        url = f"https://{row['host']}/" if row["host"] else None
        issuer = read(row["agency"], year=int(row["year"] or 2020), url=url).issuer
        codes += (issuer.region_code or "") == row["region_code"]
        levels += (issuer.level or "") == row["level"]
    assert len(rows) > 140
    assert min(codes, levels) / len(rows) >= 0.98


@pytest.mark.parametrize(
    ("agency", "year", "code", "today"),
    [
        ("上虞市财政局", 2010, "330682", "330604"),
        ("北京市崇文区人民政府", 2008, "110103", "110101"),
        ("嘉兴市人民防空办公室", 2021, "330400", "330400"),
        ("儋州市审计局", 2012, "469003", "460400"),
        ("巢湖市统计局", 2009, "341400", None),
    ],
)
def test_an_area_that_was_merged_or_renamed_has_the_code_of_its_year_and_todays(
    agency: str, year: int, code: str, today: str | None
) -> None:
    issuer = read(agency, year=year).issuer
    assert (issuer.region_code, issuer.region_code_today) == (code, today)


@pytest.mark.parametrize(
    ("agency", "index", "name", "code"),
    [
        ("花桥乡政府", "330726JD050000/2017-04204", "浦江县花桥乡政府", "330726"),
        ("审计局", "11330726002599123X/2021-00012", "浦江县审计局", "330726"),
        ("县审计局", "11330726002599123X/2021-00012", "浦江县审计局", "330726"),
        ("朝阳区审计局", "11110105000050000X/2021-00012", "朝阳区审计局", "110105"),
        ("审计局", "000014349/2019-00012", "审计局", None),  # an organization's code
        ("市审计局", "11330726002599123X/2021-00012", "市审计局", None),  # the code is a county's
        ("朝阳区审计局", "11330726002599123X/2021-00012", "朝阳区审计局", None),
        ("嘉兴市审计局", "11330726002599123X/2021-00012", "嘉兴市审计局", "330400"),  # its own name says more
    ],
)
def test_the_index_number_of_a_page_tells_the_place_where_the_name_does_not(
    agency: str, index: str, name: str, code: str | None
) -> None:
    found = read(agency, f"索引号：{index}")
    assert (found.issuer.name, found.issuer.region_code) == (name, code)
    assert bool(code) or not found.notices or found.notices[0].code == "region-ambiguous"
