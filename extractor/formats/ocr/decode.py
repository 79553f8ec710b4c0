"""Turns probabilities into readings: the likeliest texts of a line, and the positions of its characters."""

from typing import NamedTuple

import numpy as np

from extractor.formats.ocr.engine import STEP, OcrModel, Steps

_WIDTH = 12  # readings kept at each step
_CHOICES = 6  # characters tried at each step
_LEAST = 1e-5  # probability of a character that is still tried
_WORD = 3  # ideographs beside each other
_PLAINLY = 0.8  # score


class Letter(NamedTuple):
    """A character of a line, and its middle in pixels of the line's picture."""

    text: str
    middle: float
    score: float


def letters_of(engine: OcrModel, steps: Steps) -> list[Letter]:
    """Return the likeliest characters of a line, step by step."""
    best = steps.argmax(axis=1)
    found: list[Letter] = []
    start = 0
    while start < len(best):
        end = start
        while end < len(best) and best[end] == best[start]:
            end += 1
        if best[start]:
            score = float(steps[start:end, best[start]].max())
            found.append(Letter(engine.characters[best[start]], (start + end) / 2 * STEP, score))
        start = end
    return found


def readings_of(engine: OcrModel, steps: Steps) -> dict[str, float]:
    """Return the likeliest texts of a short line with their probabilities.

    Every alignment of a text with the steps counts towards it, as the model was trained.
    """
    # probabilities: ending in the blank symbol, ending in a character
    beams: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for row in steps:
        tried = [int(c) for c in np.argpartition(row, -_CHOICES)[-_CHOICES:] if row[c] > _LEAST]
        following: dict[tuple[int, ...], list[float]] = {}
        for text, (ends_none, ends_self) in beams.items():
            whole = ends_none + ends_self
            for character in tried:
                p = float(row[character])
                if character == 0:
                    following.setdefault(text, [0.0, 0.0])[0] += whole * p
                elif text and text[-1] == character:
                    following.setdefault(text, [0.0, 0.0])[1] += ends_self * p
                    following.setdefault((*text, character), [0.0, 0.0])[1] += ends_none * p
                else:
                    following.setdefault((*text, character), [0.0, 0.0])[1] += whole * p
        kept = sorted(following.items(), key=lambda item: -sum(item[1]))[:_WIDTH]
        beams = {text: (ends[0], ends[1]) for text, ends in kept}
    total: dict[str, float] = {}
    for text, ends in beams.items():
        if not any(ends):
            continue
        printed = "".join(engine.characters[c] for c in text).strip()
        total[printed] = total.get(printed, 0.0) + sum(ends)
    return total


def sense_of(letters: list[list[Letter]]) -> float:
    """Return the share of characters that stand in words and are plainly recognized.

    Lying on its side a page gives single characters, upside down it gives no known words.
    """
    words = [line for line in letters if sum(not letter.text.isascii() for letter in line) >= _WORD]
    plain = sum(letter.score > _PLAINLY and not letter.text.isascii() for line in words for letter in line)
    ideographs = sum(not letter.text.isascii() for line in letters for letter in line)
    unknown = sum(not line for line in letters)
    return plain / max(ideographs + unknown, 1)
