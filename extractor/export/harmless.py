"""CSV that a spreadsheet opens without running what a report, a file or a site put into it."""

from typing import Any

from extractor.patterns import kept_pattern

# The dialect of the CSV files, as stated in datapackage.json.
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "formulaEscape": "'",
    "description": "文字以 = + - @、制表符或回车开头而不是数字的，前面加一个半角撇号；"
    r"读入时，合 ^'+[=+\-@\t\r] 的去掉第一个撇号",
    "description_en": "A text that begins with = + - @, a tab or a carriage return and is no number has an "
    r"apostrophe before it; where ^'+[=+\-@\t\r] matches, a reader takes the first one off",
}

# Regular expressions with the same meaning in Python and SQL.
FORMULA_LIKE = r"'*[=+\-@\t\r]"
NUMBER_LIKE = r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?"
_LIKE_A_FORMULA = kept_pattern(FORMULA_LIKE)
_NUMBER = kept_pattern(NUMBER_LIKE)


def harmless(value: Any) -> Any:
    """Return a value changed so that no spreadsheet takes it for a formula; numbers stay unchanged.

    >>> [harmless(value) for value in ("=1+1", "@SUM(A1)", "'-x", "-5", "甲", 7, None)]
    ["'=1+1", "'@SUM(A1)", "''-x", '-5', '甲', 7, None]
    """
    if isinstance(value, str) and _LIKE_A_FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
