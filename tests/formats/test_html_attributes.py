"""Attributes that hide text, in all the ways that browsers take them."""

import pytest
from html_pages import read, tables


def text_of_cell(inner: str) -> str:
    page = f"<table><tr><td>甲<td>{inner}</tr><tr><td>乙<td>2</tr></table>"
    return tables(read(page))[0].cells[1].text


@pytest.mark.parametrize(
    "attribute",
    [
        "style=display:none", "STYLE=Visibility:hidden", "style  =  'display:none'",
        "style\n=\n\"display:none\"",
        "style='&#100;isplay:none'", "style=color:red style='x' hidden", "class='sr-only x'",
    ],
)  # fmt: skip
def test_an_attribute_hides_however_it_is_written(attribute: str) -> None:
    assert text_of_cell(f"1<span {attribute}>8</span>7") == "17"


@pytest.mark.parametrize("attribute", ["color=#fff", "\tcolor='#FFF'", '\ncolor = "#ffffff"', "COLOR=White"])
def test_a_colour_of_the_ground_hides_however_it_is_written(attribute: str) -> None:
    assert text_of_cell(f"1<font{' ' if attribute[0].isalpha() else ''}{attribute}>8</font>7") == "17"
