"""The numbers told in prose: what is read, what is left alone, and where it stands."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.codes import figure_codes
from extractor.forms import load_forms
from extractor.pipeline import parse
from extractor.recognize.prose_numbers import find_figures
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.text import squeeze
from extractor.report import Figure, Section
from scripts.evaluate_prose import FIRST_SIGHT, FIXTURES, SETS, rates, read_clauses

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SOURCES = sorted(FIXTURES.glob("cases/*/source.*"))


def told(
    text: str, code: str | None = "overview.requests", year: int | None = 2023
) -> list[tuple[str, object]]:
    """Return code and value of what is read in a section with this text."""
    return [(f.code, f.value) for f in find_figures((Section(code, "", text),), year)]


def only(text: str, code: str | None = "overview.proactive", year: int | None = 2023) -> Figure:
    (figure,) = find_figures((Section(code, "", text),), year)
    return figure


def section_at(sections: Sequence[Section], path: Sequence[int]) -> Section:
    section = sections[path[0]]
    return section_at(section.sections, path[1:]) if path[1:] else section


_FLOORS = {
    "clauses_first_sight_1.jsonl": (0.98, 0.96),
    "clauses_first_sight_2.jsonl": (0.98, 0.95),
    "clauses_first_sight_3.jsonl": (0.91, 0.87),
    "clauses_first_sight_4.jsonl": (0.885, 0.82),
    "clauses_first_sight_5.jsonl": (0.99, 0.98),
    "clauses_first_sight_6.jsonl": (0.99, 0.97),
    "clauses_first_sight_7.jsonl": (0.98, 0.955),
    "clauses_first_sight_8.jsonl": (0.985, 0.945),
    "clauses_first_sight_10.jsonl": (0.99, 0.985),
}


@pytest.mark.parametrize("name", SETS)
def test_labelled_clauses_are_read_well(name: str) -> None:
    right, wrong, missed = rates(read_clauses(FIXTURES / name))
    precision, recall = _FLOORS.get(name, (0.99, 0.99))
    assert right > 200
    assert right / (right + wrong) >= precision
    assert right / (right + missed) >= recall


def test_the_first_run_of_each_fresh_set_is_on_record() -> None:
    recorded = FIRST_SIGHT.read_text(encoding="utf-8").splitlines()[1:]
    fresh = [name for name in SETS if "first_sight" in name]
    assert [line.split("\t")[0] for line in recorded] == fresh
    assert all(int(line.split("\t")[1]) >= 400 for line in recorded)


def test_enough_clauses_are_labelled_and_many_of_them_hold_no_figure() -> None:
    readings = list(read_clauses(FIXTURES / "clauses.jsonl"))
    assert len(readings) >= 600
    assert sum(not reading.expected for reading in readings) >= 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_the_offsets_of_every_figure_give_its_clause(path: Path) -> None:
    report = parse(path)
    for figure in find_figures(report.sections, report.year):
        section = section_at(report.sections, figure.path)
        assert section.text[figure.start : figure.end] == figure.text
        assert figure.section == (section.code or section.heading)
        assert figure.locator == section.locator


def test_there_are_sources_to_look_for_figures_in() -> None:
    assert len(SOURCES) > 50


def test_a_figure_leads_to_its_section_even_where_a_code_stands_twice() -> None:
    twice = Section("overview.requests", "（二）依申请公开", "收到申请4件。")
    sections = (
        Section("overview", "一、总体情况", "", sections=(Section("overview.proactive", "", "无。"), twice)),
        Section("overview", "一、总体情况", "", sections=(twice,)),
    )
    assert [figure.path for figure in find_figures(sections, 2023)] == [(0, 1), (1, 0)]


def test_a_figure_outside_the_standard_has_the_heading_for_its_section() -> None:
    section = Section(None, "（六）政策解读情况", "发布解读材料12篇。")
    assert find_figures((section,), 2023)[0].section == "（六）政策解读情况"


def test_line_breaks_and_blanks_inside_a_sentence_do_not_matter() -> None:
    text = "本年度云岭县档案局共收到政府信息公\n开申请 14\n件，办结１２件。"
    figures = find_figures((Section("overview.requests", "", text),), 2023)
    assert [(f.code, f.value) for f in figures] == [("requests_received", 14), ("requests_concluded", 12)]
    assert figures[0].text == "本年度云岭县档案局共收到政府信息公\n开申请 14\n件"


def test_squeezing_remembers_where_each_character_stood() -> None:
    text = "主 动 公开　信息\n12 条，旧表 13 13 524\n"
    squeezed = squeeze(text)
    assert "主动公开信息" in squeezed.text
    assert "13 13 524" in squeezed.text
    assert all(text[squeezed.origin(k)] == c for k, c in enumerate(squeezed.text))


def test_traditional_characters_are_read_as_common_ones() -> None:
    assert told("新收政府信息公開申請12件；辦結10件，結轉下年度繼續辦理2件。") == [
        ("requests_received", 12),
        ("requests_concluded", 10),
        ("requests_carried_out", 2),
    ]


def test_tens_of_thousands_are_exact_and_about() -> None:
    figure = only("对外发布信息约196.4万条。")
    assert figure.value == 1_964_000
    assert isinstance(figure.value, int)
    assert figure.unit == "条"
    assert figure.approximate


def test_money_keeps_its_printed_unit() -> None:
    figure = only("本年行政事业性收费488.780058万元。", "proactive")
    assert (str(figure.value), figure.unit) == ("488.780058", "万元")


def test_a_zero_told_in_words_has_no_unit_and_its_clause() -> None:
    figure = only("云岭县档案局未收到政府信息公开申请，按期公布年报。", "overview.requests")
    assert (figure.value, figure.unit, figure.text) == (0, None, "云岭县档案局未收到政府信息公开申请")


def test_a_negation_covers_both_review_and_litigation_and_not_the_requests() -> None:
    text = "未发生因政府信息公开申请引起的行政复议、行政诉讼。"
    assert told(text) == [("reviews", 0), ("litigation", 0)]


def test_what_is_denied_of_the_outcome_is_not_denied_of_the_case() -> None:
    assert told("收到行政复议1件，未被纠错。", "disputes") == [("reviews", 1)]


def test_the_reviews_that_an_agency_decides_for_others_are_not_its_own() -> None:
    assert told("全年受理行政复议申请56件，审结50件；办理行政应诉案件9件。", "disputes") == []


def test_numbers_of_an_earlier_year_are_left_out() -> None:
    text = "2022年收到申请9件，2023年收到申请11件。"
    assert told(text, year=2023) == [("requests_received", 11)]
    assert len(told(text, year=None)) == 2


def test_what_an_earlier_year_handed_on_is_carried_in() -> None:
    assert told("2022年结转2件。", year=2023) == [("requests_carried_in", 2)]


def test_what_counts_earlier_years_too_is_called_cumulative() -> None:
    figures = find_figures(
        (Section("overview.proactive", "", "历年累计公开信息880条，其中本年新增72条。"),), 2023
    )
    assert [(f.value, f.cumulative) for f in figures] == [(880, True), (72, False)]


def test_since_this_year_is_this_year() -> None:
    text = "2023年以来，主动公开信息205条。"
    assert not only(text, year=2023).cumulative
    assert only(text, year=2024).cumulative


def test_a_list_number_counts_nothing() -> None:
    assert (
        told("2、召开新闻发布会，回应关切。（3）推进主动公开。4.办理依申请公开。", "overview.proactive") == []
    )


def test_a_heading_in_the_text_is_not_part_of_the_clause_below_it() -> None:
    text = "（二）政府信息依申请公开受理答复情况\n2023年，县档案局未收到政府信息公开申请。"
    assert only(text, "overview").text == "2023年，县档案局未收到政府信息公开申请"[6:]
    lines = "1.主动公开信息的数量：81条\n2.依申请公开信息的数量：无\n3.不予公开信息的数量：无"
    assert told(lines, "overview")[0] == ("disclosed", 81)
    assert all(value == 0 for _, value in told(lines, "overview")[1:])


def test_the_preamble_is_left_out_where_there_is_an_overview() -> None:
    preamble = Section("preamble", "", "公开信息12条。")
    assert find_figures((preamble, Section("overview", "一、总体情况", "略。")), 2023) == ()
    assert len(find_figures((preamble,), 2023)) == 1


def test_the_remains_of_a_table_are_no_prose() -> None:
    assert told("收到申请数 件 4，当面 件 1，传真 件 0，网络 件 3，信函 件 0。") == []
    section = Section(None, "附表：政府信息公开情况统计表", "收到申请4件。")
    assert find_figures((section,), 2023) == ()


def test_the_codes_of_an_edition_name_its_cells() -> None:
    for form in load_forms():
        for code, place in form.figures.items():
            assert code in figure_codes()
            assert place is None or len(form.cells_at(place)) > ("*" in place), (form.id, code)


def test_every_rule_names_a_code_of_the_list() -> None:
    codes = {rule.code for each in figure_rules().by_unit.values() for rule in each.rules}
    assert codes
    assert codes <= set(figure_codes())


def test_every_rule_and_every_code_of_the_list_is_of_use() -> None:
    labelled = {key[0] for name in SETS for r in read_clauses(FIXTURES / name) for key in r.expected}
    unused = set(figure_codes()) - labelled
    assert unused <= {"disclosed_gazette", "reviews_other", "litigation_other", "litigation_corrected"}


def test_jieba_is_loaded_when_first_needed_and_leaves_no_trace(tmp_path: Path) -> None:
    code = (
        "import sys; from extractor.recognize.prose_numbers import find_figures;"
        "from extractor.recognize.problems import find_problems; from extractor.report import Section;"
        "find_figures((Section('other', '', '收到申请5件，予以公开开放日3次。'),), None);"
        "assert 'jieba' not in sys.modules; find_problems((Section('problems', '', '解读形式单一。'),));"
        "assert 'jieba' in sys.modules; import jieba; assert not jieba.dt.initialized"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(FIXTURES.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "clause",
    ["公开信息12条、", "未收到申请，", "行政复议、", "公开1条2条3条", "“公开", "《公开》1件", "每月、", "(1"],
)
def test_a_text_made_to_be_slow_is_read_in_proportion_to_its_length(clause: str) -> None:
    # Two to four seconds at most; work that grows with the square would take minutes, on any machine.
    section = Section("overview.proactive", "", clause * 30_000)
    began = time.process_time()
    find_figures((section,), 2023)
    assert time.process_time() - began < 40


WORDS = st.sampled_from(
    [
        *("主动公开", "收到", "未", "申请", "信息", "行政复议", "行政诉讼", "1", "12", "3.5"),
        *("万", "条", "件", "%", "一件", "两次", "其中", "，", "。", "、"),
        *("（", "）", "《", "》", "“", "”", "\n", "\u3000", "2023年"),
        *("0", "零", "各", "分别", "均", "占", "中", "无", "没有", "元", "信息处理费", "两项数据"),
        *("与信息公开无关", "予以公开", "部分公开", "维持", "网站", "公众号", "上年", "累计"),
        *("培训", "留言", "规范性文件", "制发"),
    ]
)


@given(st.lists(WORDS, max_size=40).map("".join), st.sampled_from(["overview.requests", "disputes", "other"]))
def test_whatever_the_text_says_offsets_stay_inside_it_and_codes_on_the_list(text: str, code: str) -> None:
    known = set(figure_codes())
    for figure in find_figures((Section(code, "", text),), 2023):
        assert text[figure.start : figure.end] == figure.text != ""
        assert figure.code.removesuffix("_share") in known
        assert figure.value is not None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real reports are not here")
def test_a_real_report_contradicts_its_own_table_and_is_read_all_the_same() -> None:
    report = parse(CORPUS / "shanghai_gov_office_2019.html")
    figures = {(f.code, f.value) for f in find_figures(report.sections, report.year)}
    assert {("requests_received", 859), ("requests_unavailable", 265), ("litigation", 9)} <= figures
