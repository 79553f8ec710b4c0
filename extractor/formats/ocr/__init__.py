"""The entry point of text recognition (OCR): its heavy modules are imported for the first picture."""

from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from typing import Any

from extractor.errors import MissingDependency, to_install
from extractor.formats.ocr.text import PageText

# Part of a notice, and fixed, as reports must be the same bytes everywhere.
_INSTALL = "pip install 'disclosure-report-extractor[ocr]'"
_NEEDED = ("cv2", "numpy", "onnxruntime", "rapidocr")


def is_installed() -> bool:
    """Return whether the extra `ocr` is installed, without importing it."""
    return _is_found()


@cache
def _is_found() -> bool:
    return all(find_spec(package) for package in _NEEDED)


def recognizer(name: str) -> Callable[..., PageText]:
    """Return `read_picture(picture, dpi, page, unit=1.0)` of ocr/page.py with its engine loaded.

    Raises:
        MissingDependency: the extra `ocr` is not installed; the message says how to, for the file `name`.
    """
    try:
        engine, read_picture = _load()
    except ImportError as error:
        raise MissingDependency(
            f"{name}: 读扫描件和图片需要文字识别，请先安装：{to_install('ocr')}"
        ) from error
    return partial(read_picture, engine)


def _load() -> tuple[Any, Callable[..., PageText]]:
    if not is_installed():
        raise ImportError("ocr")
    from extractor.formats.ocr.engine import load_engine
    from extractor.formats.ocr.page import read_picture

    return load_engine(), read_picture


def hint() -> str:
    """Return a hint how to install OCR for pages without text; "" if it is installed."""
    return "" if is_installed() else f"；要识别图像请先安装：{_INSTALL}"
