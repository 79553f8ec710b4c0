"""Documents that are no report, or cannot be read at all."""

import io
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

from msgspec import Struct, structs

from . import render_docx
from .docx_file import pack
from .draft import Draft, Paragraph
from .printing import Printed
from .prose import Manner, write
from .render_docx import body
from .truth import draw

NOT_A_REPORT = {"verdict": "not_a_report", "exit_code": 6}
UNREADABLE = {"error": "Unreadable", "exit_code": 5}
UNSUPPORTED = {"error": "UnsupportedFormat", "exit_code": 4}


class Refusal(Struct, frozen=True):
    """One document of fixtures/refusals."""

    name: str
    extension: str
    why: str
    expected: dict[str, Any]
    build: Callable[[], bytes]


def _policy_paper() -> bytes:
    paragraphs = (
        "各镇人民政府，县政府各部门：", "为做好政府信息公开工作，现就有关事项通知如下。",
        "一、总体要求", "坚持以公开为常态、不公开为例外，明确责任，按时更新。",
        "二、主要任务", "（一）主动公开。各单位在信息形成之日起20个工作日内公开。",
        "（二）依申请公开。收到申请之日起20个工作日内答复。",
        "三、工作要求", "各单位于每年1月31日前公布上一年度政府信息公开工作年度报告。",
    )  # fmt: skip
    text = "".join(f"<p>{p}</p>\n" for p in paragraphs)
    title = "云岭县人民政府办公室关于加强政府信息公开工作的通知"
    head = f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body><h1>{title}</h1>\n{text}</body></html>".encode()


def _link_page() -> bytes:
    links = "".join(
        f'<li><a href="t{y + 1}.html">云岭县档案局{y}年政府信息公开工作年度报告</a>'
        f"<span>{y + 1}-01-18</span></li>\n"
        for y in range(2015, 2025)
    )
    return (
        '<html><head><meta charset="utf-8"><title>政府信息公开年报-云岭县人民政府</title></head><body>'
        f"<div>当前位置：首页&gt;政务公开&gt;政府信息公开年报</div><ul>\n{links}</ul></body></html>"
    ).encode()


def _rule_of_law_report() -> bytes:
    return (
        "云岭县水务局2023年度法治政府建设年度报告\n"
        "2023年，我局把法治政府建设列入重点工作，现将有关情况报告如下。\n"
        "一、主要举措和成效\n（一）依法履行职能。全年办理行政许可46件、行政处罚12件。\n"
        "（二）推进政务公开。主动公开信息128条，收到行政复议申请1件。\n"
        "二、存在的不足和原因\n基层执法力量还不够。\n三、下一年度工作安排\n开展执法培训4场。\n"
        "云岭县水务局\n2024年1月12日\n"
    ).encode()


def _noise() -> bytes:
    return bytes(Random(7).randrange(256) for _ in range(4096))


def _old_word_header() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900") + bytes(1016)


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    return out.getvalue()


def _locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]  # no stubs
    from reportlab.pdfgen import canvas  # type: ignore[import-untyped]  # no stubs

    out = io.BytesIO()
    page = canvas.Canvas(out, encrypt=StandardEncryption("secret", canPrint=0), invariant=1)
    page.drawString(72, 700, "2023")
    page.save()
    return out.getvalue()


def _empty_form() -> bytes:
    """Return the official form as it is handed out: every label, no agency, no year, no number."""
    truth = draw(1)
    blank = {cell: Printed("", None, "blank") for cell in truth.cells}
    report = write(structs.replace(truth, cells=blank), Manner(preamble=False, standard_headings=True))
    blocks = tuple(Paragraph("（文字描述）") if isinstance(b, Paragraph) else b for b in report.blocks)
    title = ("政府信息公开工作年度报告",)
    return pack(body(Draft(report.truth, title, blocks), render_docx.Manner()))


def _truncated_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("word/document.xml", (2024, 1, 1, 0, 0, 0))
        archive.writestr(info, "<w:document/>" * 400)
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml", (2024, 1, 1, 0, 0, 0)), "<Types/>" * 400)
    return out.getvalue()[:-90]


REFUSALS = (
    Refusal("empty-file", "txt", "no bytes", UNREADABLE, lambda: b""),
    Refusal("blank-file", "txt", "nothing but white space", UNREADABLE, lambda: b" \r\n\t\r\n" * 20),
    Refusal("policy-paper", "html", "a notice about the reports", NOT_A_REPORT, _policy_paper),
    Refusal("link-page", "html", "a column page that lists reports", NOT_A_REPORT, _link_page),
    Refusal("rule-of-law-report", "txt", "a 法治政府建设 report", NOT_A_REPORT, _rule_of_law_report),
    Refusal("random-bytes", "bin", "noise", UNSUPPORTED, _noise),
    Refusal(
        "old-word-header",
        "doc",
        "the header of an old Word file and nothing behind",
        UNREADABLE,
        _old_word_header,
    ),
    Refusal("picture", "png", "a picture too small for a report", UNREADABLE, _picture),
    Refusal(
        "locked-pdf",
        "pdf",
        "a PDF that needs a password",
        {"error": "Encrypted", "exit_code": 10},
        _locked_pdf,
    ),
    Refusal("empty-form", "docx", "the form before anybody filled it in", NOT_A_REPORT, _empty_form),
    Refusal("truncated-archive", "docx", "a zip file cut short", UNREADABLE, _truncated_archive),
)
