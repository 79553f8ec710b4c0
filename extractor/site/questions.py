"""A page for SQL questions: DuckDB as WebAssembly from its npm package, on the site's Parquet files.

An open page downloads nothing from elsewhere: the copied files include the Parquet reader. Versions after
1.28 load it from DuckDB's website, so they are refused.
"""

import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.definitions import load_definition
from extractor.errors import MissingFile, Misused
from extractor.export import load_tables, load_views
from extractor.site.data_files import DATA
from extractor.site.pages import Pages

FOLDER = "duckdb"  # path in the site
_FITTING = "npm install @duckdb/duckdb-wasm@1.28.0"
# File that the page loads → its path in the packages.
_COPIED = {
    "arrow.js": "apache-arrow/Arrow.es2015.min.js",
    "arrow-LICENSE.txt": "apache-arrow/LICENSE.txt",
    "arrow-NOTICE.txt": "apache-arrow/NOTICE.txt",
    "duckdb.js": "@duckdb/duckdb-wasm/dist/duckdb-browser.cjs",
    "duckdb-package.json": "@duckdb/duckdb-wasm/package.json",
    "worker.js": "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js",
    "duckdb-eh.wasm": "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm",
}
_SAYS_THE_PARQUET_READER = b"No magic bytes found at end of file"


class ReadyQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A predefined question."""

    title: str
    title_en: str
    sql: str


class _Questions(Struct, frozen=True, forbid_unknown_fields=True):
    questions: tuple[ReadyQuestion, ...]


def ready_questions() -> tuple[ReadyQuestion, ...]:
    """Return the questions of data/questions.yaml."""
    return load_definition("questions.yaml", _Questions).questions


def write_questions(pages: Pages, site: Path, packages: Path) -> None:
    """Write the page of questions and the files that it needs.

    Args:
        pages: Writes into the site.
        site: Its folder.
        packages: The folder in which npm has installed @duckdb/duckdb-wasm, or its node_modules.

    Raises:
        MissingFile: The packages are not there.
        Misused: They would load something from the network.
    """
    installed = _node_modules(packages)
    (site / FOLDER).mkdir()
    for name, origin in _COPIED.items():
        if not (installed / origin).is_file():
            raise MissingFile(f"{installed / origin}: 没有，请先在那个文件夹里 {_FITTING}")
        shutil.copyfile(installed / origin, site / FOLDER / name)
    if _SAYS_THE_PARQUET_READER not in (site / FOLDER / "duckdb-eh.wasm").read_bytes():
        raise Misused(f"{packages}: 这一版 DuckDB-WASM 不带 Parquet，打开网页时要连网去取；请用 {_FITTING}")
    told = {
        "tables": {name: f"{DATA}/{name}.parquet" for name in load_tables()},
        "views": [{"id": view.id, "sql": view.sql} for view in load_views()],
        "questions": [question.sql for question in ready_questions()],
    }
    script = b"window.extractorQuestions = " + msgspec.json.encode(told) + b";\n"
    (site / FOLDER / "questions.js").write_bytes(script)
    pages.write(
        "questions.html",
        "questions.html",
        questions=ready_questions(),
        views=load_views(),
        tables=load_tables().values(),
    )


def _node_modules(packages: Path) -> Path:
    """Return the folder with npm's packages."""
    inner = packages / "node_modules"
    return inner if inner.is_dir() else packages
