"""Running text in words: our search for the likeliest way finds what jieba's own finds."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.recognize.prose import Segmenter, cut_into_terms, field_terms

with warnings.catch_warnings():  # its source has escapes that newer interpreters warn of
    warnings.simplefilter("ignore")
    jieba = pytest.importorskip("jieba")

SYLLABLES = "公开信息申请"


def words_of_jieba(words: dict[str, int], text: str) -> list[str]:
    theirs = jieba.Tokenizer()
    theirs.FREQ, theirs.total = Segmenter(words.items()).frequencies, sum(words.values())
    theirs.initialized = True
    return list(theirs.cut(text, HMM=False))


# Foreign letters and digits jieba joins to one word where it knows none of them, spaces and signs it
# does not weigh: only Chinese characters are compared.
@given(
    st.dictionaries(st.text(SYLLABLES, min_size=1, max_size=4), st.integers(1, 500), min_size=1, max_size=12),
    st.text(SYLLABLES + "外", max_size=30),
)
def test_any_text_is_cut_as_jieba_cuts_it(words: dict[str, int], text: str) -> None:
    cut = [text[start:end] for start, end in Segmenter(words.items()).bounds(text)]
    assert cut == words_of_jieba(words, text)


def is_han(word: str) -> bool:
    return all("一" <= character <= "鿕" for character in word)


# Words with brackets in them, as 专（兼）职人员, jieba never cuts as one.
@given(
    st.lists(
        st.sampled_from([*sorted(filter(is_han, field_terms())), "的", "，", "12件", "本年度"]), max_size=12
    )
)
def test_the_words_of_the_field_are_cut_as_jieba_cuts_them(parts: list[str]) -> None:
    text = "".join(parts)
    cut = [text[term.start : term.end] for term in cut_into_terms(text, 0, len(text))]
    assert cut == words_of_jieba(dict.fromkeys(field_terms(), 100), text)
