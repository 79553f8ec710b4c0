"""When two names are one agency's."""

import pytest

from extractor.recognize.issuer.departments import canonical_department
from extractor.recognize.issuer.names import names_agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云岭县科委", "云岭县科技局"),
        ("云岭县环保局", "云岭县生态环境局"),
        ("云岭县卫计委", "云岭县卫生健康局"),
    ],
)
def test_a_renamed_department_is_the_same_department(one: str, other: str) -> None:
    assert canonical_department(one) == canonical_department(other) is not None
    assert names_agree(one, other)


def test_departments_of_different_places_do_not_agree() -> None:
    assert not names_agree("云岭县科委", "青川市科技局")
