"""The doctor command: what is installed, what can be read and written, and how to install the rest."""

import platform
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from extractor import __version__
from extractor.batch.own_limits import system_limits_memory
from extractor.cli.language import translated_line
from extractor.cli.table import align
from extractor.crawl.browser import find_chromium
from extractor.errors import to_install
from extractor.formats import READABLE
from extractor.formats.office.program import find_program, has_module

# Extra → its packages, and their purpose.
_EXTRAS: dict[str, tuple[tuple[str, ...], str]] = {
    "archive": (
        ("duckdb", "fastwarc", "py7zr", "pyarrow", "xlsxwriter", "zstandard"),
        "读 7z、zst、WARC；写 Parquet、DuckDB、XLSX 和退回表",
    ),
    "analysis": (("duckdb", "pyarrow"), "query、panel 和 Python 里的分析"),
    "ocr": (("cv2", "numpy", "onnxruntime", "rapidocr"), "读扫描件和图片"),
    "serve": (("starlette", "uvicorn", "jinja2", "python_multipart"), "本机的网页和接口"),
    "site": (("duckdb", "pyarrow", "jinja2"), "把结果建成网站"),
    "mcp": (("mcp", "duckdb", "pyarrow"), "给会推理的程序的工具"),
    "fast": (("pdf_oxide",), "勾稽关系不符的 PDF 读得快些"),
    "crawl": (("scrapy", "warcio", "web_poet"), "从网站取年报"),
    "browser": (("playwright",), "抓取要运行脚本的网页"),
    "s3": (("fsspec", "s3fs"), "读写 S3 一类的存储"),
    "ray": (("ray",), "多台机器一起读"),
}


def diagnosis() -> bytes:
    """Return the diagnosis, line by line."""
    lines = [
        f"extractor {__version__}，Python {platform.python_version()}，{platform.platform(terse=True)}",
        f"能读的格式（有的要用到下面的软件）：{READABLE}",
        "",
        *align([*_extras(), *_programs(), _memory()], widest=64),
    ]
    return translated_line("\n".join(lines)).encode()


def _extras() -> Iterator[tuple[str, str, str, str]]:
    for extra, (packages, use) in _EXTRAS.items():
        missing = [package for package in packages if find_spec(package) is None]
        how = f"{to_install(extra)}（缺 {'、'.join(missing)}）" if missing else ""
        yield ("缺" if missing else "有"), f"[{extra}]", use, how


def _programs() -> Iterator[tuple[str, str, str, str]]:
    program = find_program()
    for module, use in (("writer", "读 doc、wps、rtf、odt"), ("calc", "读 xls、xlsx、ods")):
        there = program is not None and has_module(program, module)
        how = "" if there else f"apt-get install libreoffice-{module}-nogui，或从 libreoffice.org 安装"
        yield ("有" if there else "缺"), f"LibreOffice {module}", use, how
    how = "" if find_chromium() else "apt-get install chromium"
    yield ("缺" if how else "有"), "Chromium", "抓取要运行脚本的网页", how


def _memory() -> tuple[str, str, str, str]:
    if system_limits_memory():
        return "有", "内存上限", "由系统管", ""
    watched = find_spec("psutil") is not None
    how = "" if watched else "pip install psutil"
    return ("有" if watched else "缺"), "内存上限", f"{sys.platform} 的系统不管，由进程自己看着，弱一些", how
