"""Percentages: their code is that of the part, or of the completed action, followed by _share."""

from extractor.recognize.prose_numbers.about import is_about
from extractor.recognize.prose_numbers.choice import choose_code
from extractor.recognize.prose_numbers.numbers import Quantity
from extractor.recognize.prose_numbers.plain import left_unknown
from extractor.recognize.prose_numbers.sentence import Sentence, has_noun
from extractor.recognize.prose_numbers.series import family_of
from extractor.recognize.prose_numbers.setting import Setting
from extractor.recognize.prose_numbers.window import WordWindow, words_around

_CODES_OF_RATES = {
    "rate": "requests_replied_share",
    "concluderate": "requests_concluded_share",
    "ontimerate": "requests_concluded_on_time_share",
}
_UPHELD = ("维持率", "胜诉率")


def share_codes(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> list[str]:
    """Return the codes of a percentage: 予以公开占47.4%, 办结率100%."""
    near = window.said_near
    if "resultrate" in near:
        return _result_rate(sentence, window, setting)
    if "rate" in near and (setting.topic == "requests" or (not setting.topic and "requests" in setting.home)):
        rates = [t.concepts for t in (*window.before, *window.behind) if "rate" in t.concepts]
        codes = [_CODES_OF_RATES.get(c, "") for rate in rates for c in (rate - {"rate"} or {"rate"})]
        return [code for code in dict.fromkeys(codes) if code]
    if "share" not in near and not (setting.code.endswith("_share") and window.nouns):
        return []
    code = _code_of_part(sentence, quantity, window, setting)
    if code is None and not setting.code.endswith("_share"):
        code = setting.code
    return [f"{code}_share"] if code else []


def _result_rate(sentence: Sentence, window: WordWindow, setting: Setting) -> list[str]:
    """Return the code of 维持率 or 败诉率, if it is about disclosure cases of one kind."""
    words = window.said_until
    if not is_about("ours", words, sentence, setting) or setting.topic not in ("reviews", "litigation"):
        return []
    printed = sentence.printed((*window.before, *window.behind))
    upheld = any(word in printed for word in _UPHELD)
    return [f"{setting.topic}_{'upheld' if upheld else 'corrected'}_share"]


def _code_of_part(sentence: Sentence, quantity: Quantity, window: WordWindow, setting: Setting) -> str | None:
    """Return the code of the part named before 占: 予以公开占47.4%.

    None if nothing is named: then the part is the previous number. "" if what is named has no code.
    """
    before = window.before  # 占 may be missing in the continuation of a list: 占55.6%，其中微信30.1%
    at = next((k for k, term in enumerate(before) if "share" in term.concepts), len(before))
    named = window.before[:at]
    if not has_noun(named):
        return None
    code = choose_code(sentence, quantity._replace(unit="件"), words_around(named), setting)
    if code is None and left_unknown(sentence.text, named):
        return ""  # 监测数据类申请占46%: a part without a code
    if code == "requests_received":
        return None if not left_unknown(sentence.text, named) else ""
    return code if code and family_of(code) in ("requests", "disclosed", "reviews", "litigation") else ""
