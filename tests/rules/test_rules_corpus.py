"""The rules over real reports: nothing is said of a report that its careful reader did not see."""

import json
from pathlib import Path

from extractor.pipeline import parse
from extractor.rules import examine, failing

# What each of them says, and why that is so.
KNOWN = {
    ("pingtan_czj_2009.txt", "published/on-time"),  # its page is dated in May
    ("pingtan_dsj_2013.txt", "agency/one"),  # its text calls the agency by an older name
    ("pingtan_gwh_2020.txt", "prose/parts"),  # its parts are one more than their sum
    ("sh_kewei_2024.md", "totals/stated"),  # the total of one row is left blank
    ("sh_kewei_2024.md", "section/numbering"),  # the numbers begin again in its second part
    ("hebei_jyt_2021.txt", "year/form-cited"),  # cites the letter of 2019 over the tables of 2021
    ("hebei_rst_2022.txt", "section/numbering"),  # from three to six
    ("shanghai_gov_office_2019.html", "prose/requests_unavailable"),  # the first item told as the sum
    ("shanghai_gov_office_2019.html", "prose/joined"),  # the first column told as the sum of two rows
    ("shanghai_gov_office_2019.html", "prose/shares"),  # and its share is one of no whole
    ("shanghai_gov_office_2019.html", "contradiction/all-upheld"),  # three of the cases are pending
}
# The reading is open there, or the table is no text: said of the reading and not of the report.
OF_THE_READING = {"cells/readable", "tables/present", "cells/present"}
GOLD_NAMES = {
    "requests/balance": "I1",
    "requests/outcomes": "I2",
    "requests/applicants": "I3",
    "disputes/total": "I4",
}


def test_on_real_reports_no_rule_fires_but_where_the_report_is_wrong(real_reports: Path) -> None:
    told = set()
    for path in sorted(real_reports.iterdir()):
        if path.suffix in (".tsv", ".jsonl") or path.is_dir():
            continue
        told |= {(path.name, f.rule) for f in failing(examine(parse(path))) if f.rule not in OF_THE_READING}
    gold = {path.stem: json.loads(path.read_text("utf-8")) for path in (real_reports / "gold").glob("*.json")}
    expected = {
        (name, rule)
        for name in {path.name for path in real_reports.iterdir()}
        for broken in gold.get(Path(name).stem, {}).get("checks_failing", ())
        for rule, number in GOLD_NAMES.items()
        if broken["id"] == number
    }
    assert told == KNOWN | expected
