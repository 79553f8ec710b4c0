"""Parts of a report that a click opens are read; what is hidden and is not the report stays hidden."""

from collections.abc import Callable

import pytest

import extractor
from extractor.report import Report, Section

PARTS = (
    ("一、总体情况", "全年主动公开政府信息31条。"),
    ("二、主动公开政府信息情况", "没有制发规范性文件。"),
    ("三、收到和处理政府信息公开申请情况", "收到申请2件，均已答复。"),
    ("五、存在的主要问题及改进情况", "业务水平有待提高。"),
)
HEADINGS = tuple(heading for heading, _ in PARTS)
TEXTS = tuple(text for _, text in PARTS)
TITLE = "云岭县档案局2023年政府信息公开工作年度报告"
HIDDEN = 'style="display:none"'


def page(body: str) -> bytes:
    head = f'<meta charset="utf-8"><title>{TITLE}</title>'
    return (
        f"<html><head>{head}</head><body><div class=main><h1>{TITLE}</h1>{body}</div></body></html>".encode()
    )


def read(body: str) -> Report:
    return extractor.parse(page(body), name="a.html")


def bare(heading: str) -> str:
    return heading.partition("、")[2]


def panes(tag: str, *, headings: bool = True, attributes: Callable[[int], str] = lambda n: "") -> str:
    texts = [f"<p>{h}</p><p>{t}</p>" if headings else f"<p>{t}</p>" for h, t in PARTS]
    return "".join(
        f"<{tag} class=pane {attributes(n)} {HIDDEN if n else ''}>{text}</{tag}>"
        for n, text in enumerate(texts)
    )


def labels(tag: str, *, numbered: bool = False, attributes: Callable[[int], str] = lambda n: "") -> str:
    texts = HEADINGS if numbered else map(bare, HEADINGS)
    return "".join(f"<{tag} {attributes(n)}>{text}</{tag}>" for n, text in enumerate(texts))


def accordion(label: str, *, wrapped: bool, first_open: bool = True) -> str:
    items = []
    for n, (heading, text) in enumerate(PARTS):
        hidden = "" if first_open and not n else HIDDEN
        item = f"<{label} class=head>{heading}</{label}><div class=panel {hidden}><p>{text}</p></div>"
        items.append(f"<div class=item>{item}</div>" if wrapped else item)
    return f"<div class=acc>{''.join(items)}</div>"


OPENED = {
    "tabs": f"<ul class=tabs>{labels('li')}</ul><div class=box>{panes('div')}</div>",
    "tabs-without-headings": f"<ul>{labels('li', numbered=True)}</ul>"
    f"<div>{panes('div', headings=False)}</div>",
    "tabs-of-links": f"<div class=nav>{labels('a')}</div>{panes('section')}",
    "tabs-of-items": f"<ul>{labels('li')}</ul><ul class=con>{panes('li')}</ul>",
    "tabs-below": f"<div>{panes('div')}</div><div class=tabs>{labels('span')}</div>",
    "buttons": f"<div role=tablist>{labels('button')}</div><div>{panes('div')}</div>",
    "called-by-id": "".join(
        f"<p><a onclick=\"show('p{n}')\">{h}</a></p>" for n, h in enumerate(HEADINGS)
    ) + panes("div", attributes=lambda n: f"id=p{n}"),
    "accordion": accordion("h4", wrapped=False),
    "accordion-of-items": accordion("div", wrapped=True),
    "accordion-of-buttons": accordion("button", wrapped=True),
    "accordion-all-closed": accordion("button", wrapped=False, first_open=False),
    "details": "".join(
        f"<details><summary>{h}</summary><p>{t}</p></details>" for h, t in PARTS
    ),
}  # fmt: skip


def told(sections: tuple[Section, ...]) -> list[tuple[str | None, str]]:
    return [(section.code, section.text) for section in sections if section.code != "preamble"]


@pytest.mark.parametrize("body", OPENED.values(), ids=OPENED)
def test_parts_that_a_click_opens_are_read_once_and_in_order(body: str) -> None:
    codes = ("overview", "proactive", "requests", "problems")
    assert told(read(body).sections) == list(zip(codes, TEXTS, strict=True))


SHEET = "<style>.pane,.panel{display:none}.pane.on,.open .panel{display:block}</style>"


@pytest.mark.parametrize("body", OPENED.values(), ids=OPENED)
def test_parts_that_a_style_sheet_hides_until_a_click_are_read_too(body: str) -> None:
    by_class = body.replace(HIDDEN, "").replace("class=pane ", 'class="pane on" ', 1)
    codes = ("overview", "proactive", "requests", "problems")
    assert told(read(SHEET + by_class).sections) == list(zip(codes, TEXTS, strict=True))


SHOWN = "".join(f"<p>{h}</p><p>{t}</p>" for h, t in PARTS)
OLD = "<p>一、总体情况</p><p>全年主动公开政府信息907条。</p><p>二、主动公开政府信息情况</p><p>旧的一份。</p>"
CLOSED = {
    "an-earlier-version": f"<div id=old {HIDDEN}>{OLD}</div>{SHOWN}",
    "other-years": f"<ul><li>2023年</li><li>2022年</li></ul><div><div class=y>{SHOWN}</div>"
    f"<div class=y {HIDDEN}>{OLD}</div></div>",
    "other-bodies": f"<ul><li>县档案局</li><li>县水利局</li></ul><div><div class=y>{SHOWN}</div>"
    f"<div class=y {HIDDEN}>{OLD}</div></div>",
    "behind-a-heading": f"<h3>一、总体情况</h3><div {HIDDEN}>{OLD}</div><p>{TEXTS[0]}</p>"
    f"<h3>二、主动公开政府信息情况</h3><div {HIDDEN}>{OLD}</div><p>{TEXTS[1]}</p>{SHOWN}",
    "comments": f"{SHOWN}<ul><li>正文</li><li>留言</li></ul><div><div class=y><p>见上。</p></div>"
    f"<div class=y {HIDDEN}><p>网友：全年主动公开政府信息907条？</p></div></div>",
}


@pytest.mark.parametrize("body", CLOSED.values(), ids=CLOSED)
def test_what_is_hidden_and_is_not_the_report_stays_hidden(body: str) -> None:
    report = read(body)
    assert "907条" not in report.to_json().decode()
    assert "31条" in report.to_json().decode()


def test_panes_that_fields_open_have_the_labels_beside_them() -> None:
    style = "<style>.pane{display:none}#t0:checked~.p0{display:block}</style>"
    fields = "".join(
        f"<input type=radio name=t id=t{n}><label for=t{n}>{h}</label>" for n, h in enumerate(HEADINGS)
    )
    texts = "".join(f'<section class="pane p{n}"><p>{t}</p></section>' for n, t in enumerate(TEXTS))
    report = read(f"{style}<div class=tabs>{fields}{texts}</div>")
    assert [section.heading for section in report.sections] == list(HEADINGS)
    assert [section.text for section in report.sections] == list(TEXTS)
