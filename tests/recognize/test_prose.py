"""Running text in words: our search for the likeliest way finds what jieba's own finds."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.recognize.prose import field_terms, tokenizer_of
from extractor.recognize.prose_numbers.index import cut_into_terms

SYLLABLES = "公开信息申请"


def words_of_jieba(words: dict[str, int], text: str) -> list[str]:
    ours = tokenizer_of(words.items())
    theirs = type(ours).__mro__[1]()
    beginnings = {word[:length]: 0 for word in words for length in range(1, len(word))}
    theirs.FREQ, theirs.total, theirs.initialized = beginnings | ours.FREQ, ours.total, True
    return list(theirs.cut(text, HMM=False))


@given(
    st.dictionaries(st.text(SYLLABLES, min_size=1, max_size=4), st.integers(1, 500), min_size=1, max_size=12),
    st.text(SYLLABLES + "外，12 a", max_size=30),
)
def test_any_text_is_cut_as_jieba_cuts_it(words: dict[str, int], text: str) -> None:
    assert list(tokenizer_of(words.items()).cut(text, HMM=False)) == words_of_jieba(words, text)


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
