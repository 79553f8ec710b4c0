"""Bytes to text: the bytes decide, the label only helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.encoding import count_undecodable, declared_encoding, decode

SIMPLIFIED = "云岭县档案局2023年政府信息公开工作年度报告。本年度主动公开信息12条，收到申请3件。"
TRADITIONAL = "雲嶺縣檔案局2023年政府信息公開工作年度報告。本年度主動公開信息12條，收到申請3件。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_text_comes_back_whatever_encoding_it_was_stored_in(encoding):
    page = f"<p>{SIMPLIFIED}</p>\r\n" * 3
    assert decode(page.encode(encoding))[0] == page


def test_a_gbk_page_that_says_utf_8_is_read_as_gbk():
    page = f'<meta charset="utf-8"><p>{SIMPLIFIED}</p>'
    assert decode(page.encode("gbk")) == (page, "gb18030")


def test_a_utf_8_page_that_says_gb2312_is_read_as_utf_8():
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>{SIMPLIFIED}</p>'
    assert decode(page.encode()) == (page, "utf-8")


def test_characters_outside_gb2312_survive_in_a_page_that_says_gb2312():
    page = f'<meta charset="gb2312">{SIMPLIFIED}䶮𠮷镕'
    assert decode(page.encode("gb18030"))[0] == page


@pytest.mark.parametrize("label", [None, "gb2312", "utf-8", "big5"])
def test_traditional_text_in_big5_is_told_from_gbk_by_its_characters(label):
    assert decode(TRADITIONAL.encode("big5"), label) == (TRADITIONAL, "big5")


@pytest.mark.parametrize("label", [None, "gb2312", "utf-8", "big5", "windows-1252", "no-such-thing"])
def test_a_label_from_outside_never_beats_gbk_bytes(label):
    assert decode(SIMPLIFIED.encode("gbk"), label) == (SIMPLIFIED, "gb18030")


def test_utf_8_cut_in_the_middle_of_a_character_loses_only_that_character():
    text, encoding = decode((SIMPLIFIED * 20).encode()[:-1])
    assert encoding == "utf-8"
    assert text[:-1] == (SIMPLIFIED * 20)[:-1]
    assert count_undecodable(text) == 1


def test_a_bad_byte_in_a_gbk_page_costs_only_its_neighbourhood():
    data = SIMPLIFIED.encode("gbk")
    text, encoding = decode(data * 5 + b"\xff<br>" + data * 5)
    assert encoding == "gb18030"
    assert text.count(SIMPLIFIED) == 10
    assert count_undecodable(text) == 1


def test_a_utf_8_mark_before_gbk_bytes_is_not_believed():
    assert decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gbk")) == (SIMPLIFIED, "gb18030")


def test_the_full_width_space_of_old_gbk_pages_is_a_space():
    assert decode("年".encode("gbk") + b"\xa3\xa0" + "报".encode("gbk"))[0] == "年\u3000报"


def test_a_lone_carriage_return_stays():
    assert decode(f"{SIMPLIFIED}\r{SIMPLIFIED}\r\n".encode("gbk"))[0] == f"{SIMPLIFIED}\r{SIMPLIFIED}\r\n"


def test_plain_ascii_and_nothing_at_all_are_utf_8():
    assert decode(b"<p>12</p>") == ("<p>12</p>", "utf-8")
    assert decode(b"") == ("", "utf-8")


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"<html>" + b"\n" * 5000 + b"<META Charset=GBK>", "GBK"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=gb2312">', "gb2312"),
        (b'<?xml version="1.0" encoding="big5"?><html>', "big5"),
        (b"<p>charset=gbk</p>", None),
        (b" " * (1 << 16) + b"<meta charset=gbk>", None),
    ],
)
def test_the_page_names_its_own_encoding_in_a_meta_or_an_xml_declaration(data, label):
    assert declared_encoding(data) == label


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "gb2312", "big5", "\x00"]))
def test_any_bytes_decode_to_some_text(data, label):
    text, encoding = decode(data, label)
    assert isinstance(text, str)
    assert encoding


@given(st.text(alphabet="云岭县档案局主动公开条例0123456789，。（）\r\n <>p", max_size=200))
def test_utf_8_always_comes_back_exactly(text):
    assert decode(text.encode())[0] == text
