"""What others tell of a document: the user's list, the crawl's manifest, the address, the site."""

from pathlib import Path

import pytest
from invented_batches import Invented, document_of, kept, write_batch

from extractor.analysis import load
from extractor.catalog import (
    HEAD_DECODER,
    DocumentFacts,
    OtherSources,
    facts_by_document,
    find_doubts,
    load_given,
)
from extractor.errors import InvalidDefinition, MissingFile
from extractor.outcome import DocumentPlace, Sighting

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


def facts_of(reports: list[Invented], told: OtherSources | None = None) -> list[DocumentFacts]:
    import invented_batches

    heads = [
        (document_of(one), HEAD_DECODER.decode(invented_batches.report_of(one).to_json())) for one in reports
    ]
    sightings = [
        Sighting(DocumentPlace(f"年报/{n}.html", url=one.url), document_of(one))
        for n, one in enumerate(reports)
    ]
    return list(facts_by_document(heads, sightings, told or OtherSources()).values())


def used(
    tmp_path: Path, reports: list[Invented], told: OtherSources | None = None
) -> list[dict[str, object]]:
    folder = write_batch(tmp_path / "out", reports, told)
    with load(folder) as tables:
        return list(tables.arrow("reports_used").to_pylist())


def test_the_site_tells_where_an_agency_is_that_does_not_say() -> None:
    site = "http://www.example.gov.cn/"
    placed = [Invented("大竹县财政局", 2021, url=f"{site}a"), Invented("大竹县审计局", 2021, url=f"{site}b")]
    *_, lost = facts_of([*placed, Invented("教育局", 2021, url=f"{site}c")])
    assert (lost.agency.id, lost.agency.region_by) == ("511724-教育", "site")
    *_, elsewhere = facts_of([*placed, Invented("教育局", 2021, url="http://other.gov.cn/c")])
    assert elsewhere.agency.id is None


def test_one_other_agency_tells_the_place_only_of_those_that_name_its_rank() -> None:
    placed = Invented("大竹县财政局", 2021, url="http://x.gov.cn/a")
    for name, told in (("县教育局", "511724-教育"), ("教育局", None), ("区教育局", None)):
        _, other = facts_of([placed, Invented(name, 2021, url="http://x.gov.cn/b")])
        assert other.agency.id == told


def test_a_site_of_two_places_tells_neither() -> None:
    one, two = (
        Invented(name, 2021, url=f"http://x.gov.cn/{name}") for name in ("大竹县财政局", "渠县财政局")
    )
    *_, lost = facts_of([one, two, Invented("县教育局", 2021, url="http://x.gov.cn/c")])
    assert lost.agency.id is None


def test_the_manifest_tells_the_agency_of_a_file_that_names_none() -> None:
    one = Invented(None, None, url="http://x.gov.cn/1.pdf")
    line = kept(Invented("大竹县教育局", 2022, url=one.url))
    from msgspec.structs import replace

    (facts,) = facts_of([one], OtherSources(kept=(replace(line, sha256=document_of(one)),)))
    assert (facts.agency.id, facts.year, facts.printed) == ("511724-教育", 2022, "大竹县教育局")


def test_a_list_fills_what_a_file_does_not_say_and_is_named(tmp_path: Path) -> None:
    table = tmp_path / "名单.csv"
    table.write_text(
        "文件,机关,年度,区划,网址\n年报/0.html,大竹县教育局,2020年,511724,http://a.gov.cn/1\n1.html,渠县财政局,2020,,\n",
        encoding="utf-8-sig",
    )
    told = OtherSources(given=load_given(table))
    silent, speaking = facts_of([Invented(None, None), Invented("大竹县财政局", 2021)], told)
    assert (silent.agency.id, silent.year, silent.url) == ("511724-教育", 2020, "http://a.gov.cn/1")
    assert silent.given == ("agency", "year", "url")
    assert (speaking.agency.id, speaking.year, speaking.given) == ("511724-财政", 2021, ())


def test_a_list_that_is_none_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "名单.csv"
    for text in ("机关,年度\nx,2020\n", "文件,年度\na,去年\n", "文件,区划\na,51172\n"):
        table.write_text(text, encoding="utf-8")
        with pytest.raises(InvalidDefinition):
            load_given(table)
    with pytest.raises(MissingFile):
        load_given(tmp_path / "没有.csv")


def test_the_newest_version_is_used_though_the_old_one_had_the_better_verdict(tmp_path: Path) -> None:
    old = Invented("大竹县财政局", 2021, 1, url="http://x.gov.cn/1")
    new = Invented("大竹县财政局", 2021, 2, url=old.url, verdict="doubtful")
    (row,) = used(tmp_path, [old, new], OtherSources(kept=(kept(old, 1), kept(new, 2))))
    assert (row["document"], row["version"]) == (document_of(new), 2)
    assert "旧版本1份不用" in str(row["chosen"])


def test_what_was_withdrawn_is_never_used(tmp_path: Path) -> None:
    one = Invented("大竹县财政局", 2021, url="http://x.gov.cn/1")
    told = OtherSources(kept=(kept(one, gone_at="2023-01-01T00:00:00Z"),))
    assert used(tmp_path, [one], told) == []
    again = Invented("大竹县财政局", 2021, 5, url="http://x.gov.cn/2")
    (row,) = used(tmp_path, [one, again], OtherSources(kept=(*told.kept, kept(again))))
    assert (row["document"], row["chosen"]) == (document_of(again), "只有这一份可用；撤下的1份不用")


def test_of_two_pages_the_later_published_is_used_but_tables_go_before_none(tmp_path: Path) -> None:
    early = Invented("大竹县财政局", 2021, 1, published="2022-01-10")
    late = Invented("大竹县财政局", 2021, 2, published="2022-03-01", verdict="inconsistent")
    bare = Invented("大竹县财政局", 2021, 3, published="2022-04-01", verdict="partial")
    (row,) = used(tmp_path, [early, late, bare])
    assert (row["document"], row["chosen"]) == (document_of(late), "公布日期最晚")


def test_agencies_that_may_be_one_are_named() -> None:
    told = find_doubts(
        (each.agency, each.printed, each.year)
        for each in facts_of(
            [
                Invented("北京市丰台区方庄地区办事处", 2018),
                Invented("北京市丰台区方庄街道办事处", 2021),
                Invented("大竹县教育局", 2020),
                Invented("大竹县财政局", 2020),
                Invented("教育局", 2021),
            ]
        )
    )
    assert [(each.agency_id, each.other_id) for each in told] == [
        (None, "511724-教育"),
        ("110106-方庄地区办事处", "110106-方庄街道"),
    ]
