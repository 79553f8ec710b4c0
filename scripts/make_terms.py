"""Build extractor/data/background.txt: the words that keywords are taken from, and how common each is.

Run it (python scripts/make_terms.py) after a change to keyword_words.txt, and commit the result. The
common words, their frequencies and inverse document frequencies come from the dictionary that jieba
0.42.1 installs (MIT licence, whose notice goes into the file); the words of this field are our own list.

Each line: word, frequency, inverse document frequency; 0.0 for words that say nothing in this field.
"""

import math
from pathlib import Path

import jieba

DATA = Path(__file__).parents[1] / "extractor" / "data"
COMMON = 2000  # occurrences in jieba's dictionary; rarer words only where they are of the field
UNKNOWN = 9.0  # the inverse document frequency of field words that jieba does not know

PLAIN = 2.0  # and of words that every report has, but that say something

NOTICE = """\
# 关键词的背景：词、词频、逆文档频率，由 scripts/make_terms.py 写成。
# 通用词取自 jieba 0.42.1 的词典，其许可如下。
#
# The MIT License (MIT)
#
# Copyright (c) 2013 Sun Junyi
#
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
# associated documentation files (the "Software"), to deal in the Software without restriction,
# including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
# and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
# subject to the following conditions:
#
# The above copyright notice and this permission notice shall be included in all copies or substantial
# portions of the Software.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
# LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
# NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
# WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
# SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def own_words() -> dict[str, list[str]]:
    """Return the words of keyword_words.txt by the name of their part."""
    parts: dict[str, list[str]] = {}
    name = ""
    for line in (Path(__file__).parent / "keyword_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line[1 : line.index("]")]
        elif not line.startswith("#"):
            parts.setdefault(name, []).extend(line.split())
    return parts


def common_words(field: list[str]) -> dict[str, tuple[int, float]]:
    """Return jieba's common words of two to four characters with frequency and inverse document frequency."""
    home = Path(jieba.__file__).parent
    rarity = {}
    for line in (home / "analyse" / "idf.txt").read_text(encoding="utf-8").splitlines():
        word, value = line.split(" ")
        rarity[word] = float(value)
    words = {}
    for line in (home / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        if 2 <= len(word) <= 4 and word in rarity and (int(frequency) >= COMMON or word in field):
            words[word] = (int(frequency), rarity[word])
    return words


def main() -> None:
    """Write the file."""
    own = own_words()
    words = common_words(own["field"])
    usual = round(math.exp(sum(math.log(max(f, 1)) for f, _ in words.values()) / len(words)))
    for word in own["field"]:
        frequency, rarity = words.get(word, (usual, UNKNOWN))
        words[word] = (max(frequency, usual), rarity)
    for part, rarity in (("plain", PLAIN), ("empty", 0.0)):
        for word in own[part]:
            words[word] = (max(words.get(word, (usual, 0.0))[0], usual), rarity)
    lines = [f"{word} {frequency} {rarity:.1f}" for word, (frequency, rarity) in sorted(words.items())]
    (DATA / "background.txt").write_text(NOTICE + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "words")


if __name__ == "__main__":
    main()
