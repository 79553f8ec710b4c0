"""Rules of the user: two sums that agree, and nothing that runs."""

from pathlib import Path

import pytest
from rule_reports import GOOD, found, of_year

from extractor.errors import ExitCode, InvalidDefinition, MissingFile
from extractor.rules import examine, examine_pair, failing, load_own_rules

OWN = """
rules:
  - id: ours/no-more-refused
    says: 部分公开不应多于予以公开
    table: requests
    within: column
    left: [partly_granted]
    relation: "<="
    right: [granted]
  - id: ours/disputes-follow
    says: 复议与新收一致
    left: [disputes.review.total]
    right: [requests.new.total, -requests.carried_in.total]
  - id: ours/growth
    says: 新收不少于上年
    scope: years
    left: [previous.requests.new.total]
    relation: "<="
    right: [requests.new.total]
"""


def test_rules_of_the_user_are_tested_too(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(OWN, encoding="utf-8")
    own = load_own_rules(path)
    findings = examine(GOOD, own)
    broken = found("ours/no-more-refused", failing(findings))
    assert [(f.at, f.left, f.right) for f in broken] == [("social_organization", 1, 0)]
    assert [(f.left, f.right) for f in found("ours/disputes-follow", failing(findings))] == [(7, 53)]
    assert [f.outcome for f in found("ours/growth", examine_pair(of_year(GOOD, 2022), GOOD, own))] == [
        "holds"
    ]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("rules: [{id: a, says: b, left: [x.y.z], right: [requests.new.total]}]", "x.y.z"),
        ("rules: [{id: a, says: b, test: prose}]", "left"),
        (
            "rules: [{id: prose/a, says: b, left: [requests.new.total], right: [requests.new.total]}]",
            "内置",
        ),
        (
            "rules: [{id: a, says: b, left: [previous.requests.new.total], right: [requests.new.total]}]",
            "years",
        ),
        ("rules: [{id: a, says: b, left: [\"__import__('os')\"], right: [requests.new.total]}]", "代码"),
        ("rules: [{id: a, says: b, code: 1}]", "code"),
        ("rules: !!python/object/apply:os.system [ls]", "python"),
        ("- just a list", "Expected"),
    ],
)
def test_a_rule_that_cannot_be_tested_is_refused(text: str, about: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDefinition, match=about) as refusal:
        load_own_rules(path)
    assert refusal.value.exit_code == ExitCode.INVALID_DEFINITION


def test_a_file_of_rules_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="打不开"):
        load_own_rules(tmp_path / "rules.yaml")
