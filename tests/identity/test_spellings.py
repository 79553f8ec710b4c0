"""One agency under all its spellings: three sets, each drawn before the rules were run on it."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from extractor.errors import InvalidDefinition
from extractor.identity import Agency, identify
from extractor.identity.successions import apply_successions, load_successions

FIXTURES = Path(__file__).parents[2] / "fixtures"


def spellings(name: str) -> dict[str, list[Agency]]:
    """Return the agencies that the spellings of each body are told to be."""
    told: dict[str, list[Agency]] = {}
    for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        body, _, written = line.partition("\t")
        for each in written.split("|"):
            head, _, url = each.partition("@")
            text, _, year = head.partition("#")
            told.setdefault(body, []).append(identify(text, int(year), url=url or None))
    return told


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("agency_spellings.tsv", 1.0),
        ("agency_spellings_second.tsv", 0.99),
        ("agency_spellings_third.tsv", 0.98),
    ],
)
def test_spellings_of_a_body_join_and_no_two_bodies_do(name: str, least: float) -> None:
    told = spellings(name)
    bodies_of_id = defaultdict(set)
    joined = 0
    for body, agencies in told.items():
        ids = Counter(agency.id for agency in agencies if agency.id)
        joined += max(ids.values(), default=0)
        for agency_id in ids:
            bodies_of_id[agency_id].add(body)
    assert [bodies for bodies in bodies_of_id.values() if len(bodies) > 1] == []
    assert joined / sum(map(len, told.values())) >= least


def test_a_body_that_was_taken_in_keeps_its_id_and_names_the_one_of_today() -> None:
    trade, quality = identify("武汉市工商局", 2015), identify("武汉市质监局", 2015)
    assert (trade.id, quality.id) == ("420100-工商行政管理", "420100-质量技术监督")
    assert trade.id_today == quality.id_today == identify("武汉市市场监管局", 2020).id


def test_a_district_that_was_taken_in_is_another_than_the_one_that_took_it() -> None:
    old, new = identify("北京市崇文区人民政府", 2009), identify("北京市东城区人民政府", 2009)
    assert old.id != new.id
    assert old.id_today == new.id


def test_a_renamed_county_is_told_with_both_codes() -> None:
    agency = identify("达县财政局", 2010)
    assert (agency.id, agency.region_code, agency.region_code_today) == ("511703-财政", "511721", "511703")
    assert (agency.province, agency.prefecture, agency.name) == ("四川省", "达州市", "达川区财政局")


@pytest.mark.parametrize("name", ["教育局", "县教育局", "朝阳区财政局", "经济开发区管委会", None, ""])
def test_what_may_be_anybodys_has_no_id(name: str | None) -> None:
    assert identify(name, 2020).id is None


def test_what_the_name_does_not_say_is_told_by_another_and_that_is_said() -> None:
    agency = identify("县教育局", 2020, region_code="511724", told_by="manifest")
    assert (agency.id, agency.region_by) == ("511724-教育", "manifest")
    assert "由爬取清单" in agency.why
    assert identify("大竹县教育局", 2020, region_code="511725", told_by="manifest").id == "511724-教育"


def test_a_code_does_not_choose_a_place_of_another_name() -> None:
    assert identify("朝阳区财政局", 2020, region_code="511724", told_by="site").id is None
    assert identify("朝阳区财政局", 2020, region_code="220104", told_by="site").id == "220104-财政"


def test_a_table_of_the_users_joins_what_the_lists_keep_apart(tmp_path: Path) -> None:
    table = tmp_path / "沿革.csv"
    table.write_text(
        "old,new,year,kind\n大竹县供销社,大竹县商务局,2020,renamed\n大竹县体育局,大竹县教育局,2019,merged\n",
        encoding="utf-8",
    )
    told = load_successions(table)
    assert apply_successions(identify("大竹县供销社", 2018), told).id == "511724-商务"
    merged = apply_successions(identify("大竹县体育局", 2018), told)
    assert (merged.id, merged.id_today) == ("511724-体育", "511724-教育")
    assert "沿革表" in merged.why


@pytest.mark.parametrize(
    "text",
    ["old,new\n", "old,new,year,kind\n教育局,大竹县教育局,2020,renamed\n", "old,new,year,kind\na,b,x,y\n"],
)
def test_a_table_that_does_not_tell_an_agency_is_refused(tmp_path: Path, text: str) -> None:
    table = tmp_path / "沿革.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDefinition):
        load_successions(table)
