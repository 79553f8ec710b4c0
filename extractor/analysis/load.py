"""Opens the output folder of a batch. Files are read in place; nothing is copied until requested."""

from pathlib import Path
from threading import Timer
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Self

from extractor.analysis.agency import AgencyTables
from extractor.errors import MissingDependency, MissingFile, Misused, to_install
from extractor.export import load_tables, load_views, parquet_at
from extractor.forms import load_forms

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_LOCKED_MEMORY = "1GB"


def load(folder: str | Path) -> "Tables":
    """Open the output of `extractor batch`.

    Args:
        folder: The output folder, which contains Parquet files or a DuckDB file.

    Raises:
        MissingFile: There is no finished output in the folder.
        Misused: The folder contains neither Parquet nor DuckDB.
    """
    return Tables(Path(folder))


class Tables:
    """The tables and views of one batch. Use it as a context manager, or call close()."""

    def __init__(self, folder: Path) -> None:
        """Open the folder; see load()."""
        if not (folder / "datapackage.json").is_file():
            raise MissingFile(
                f"{folder}: 没有写完的批量输出（缺 datapackage.json），请先运行 extractor batch"
            )
        self._folder = folder
        self._duckdb = _require_duckdb()
        self._connection = self._duckdb.connect(":memory:")
        if (folder / "documents.parquet").is_file():
            self._see_parquet(folder)
        elif (folder / "reports.duckdb").is_file():
            self._see_database(folder / "reports.duckdb")
        else:
            raise Misused(f"{folder}: 没有 Parquet 或 DuckDB，请用 --to parquet 再运行一次 batch（不会重读）")
        self._require_known_editions(folder)
        for view in load_views():
            self._see_view(folder, view.id, view.sql)

    def _see_view(self, folder: Path, name: str, sql: str) -> None:
        try:
            self._connection.execute(f"CREATE VIEW {name} AS {sql}")
        except self._duckdb.BinderException as error:
            raise Misused(f"{folder}: 是旧版本写的，请用同一条命令再运行一次 batch（不会重读）") from error

    def _wrong_query(self, error: Exception) -> Misused:
        """Return what to say of a query that failed: the database's words, and what older tables lack."""
        words = f"查询有误：{' '.join(str(error).split())}"
        if isinstance(error, self._duckdb.BinderException) and (lacking := self._lacking()):
            return Misused(
                f"{self._folder}: 是旧版本写的，没有 {lacking}，"
                f"请用同一条命令再运行一次 batch（不会重读）；{words}"
            )
        return Misused(words)

    def _lacking(self) -> str:
        """Return the columns of today's tables that these tables do not have."""
        there = {
            (table, column)
            for table in load_tables()
            for column, *_ in self._connection.execute(f'DESCRIBE "{table}"').fetchall()
        }
        return "、".join(
            f"{table.id}.{column}"
            for table in load_tables().values()
            for column in table.names
            if (table.id, column) not in there
        )

    def _require_known_editions(self, folder: Path) -> None:
        """Require that all editions in the reports are loaded, as the views would omit the others."""
        asked = "SELECT DISTINCT edition FROM documents WHERE edition IS NOT NULL ORDER BY 1"
        there = [edition for (edition,) in self._connection.execute(asked).fetchall()]
        known = {form.id for form in load_forms()}
        if unknown := [edition for edition in there if edition not in known]:
            names = "、".join(unknown)
            raise Misused(f"{folder}: 里面有 {names} 版的报告，请用 --forms 给出这些版本所在的文件夹")

    def _see_parquet(self, folder: Path) -> None:
        for table in load_tables():
            path = parquet_at(folder / f"{table}.parquet")
            self._connection.execute(f'CREATE VIEW "{table}" AS SELECT * FROM {path}')

    def _see_database(self, path: Path) -> None:
        text = str(path).replace("'", "''")
        self._connection.execute(f"ATTACH '{text}' AS batch (READ_ONLY)")
        for table in load_tables():
            self._connection.execute(f'CREATE VIEW "{table}" AS SELECT * FROM batch."{table}"')

    @property
    def names(self) -> tuple[str, ...]:
        """The tables, then the views."""
        return (*load_tables(), *(view.id for view in load_views()))

    def query(self, sql: str) -> "pyarrow.Table":
        """Return the answer to a query (DuckDB's SQL) as an Arrow table.

        Raises:
            Misused: The SQL is wrong.
        """
        try:
            answer = self._connection.sql(sql)
            if answer is None:
                raise Misused("这句 SQL 没有结果可显示：要用 SELECT")
            return answer.to_arrow_table()
        except self._duckdb.Error as error:
            raise self._wrong_query(error) from error

    def run(self, sql: str) -> None:
        """Execute a statement without result, such as creating a temporary table.

        Raises:
            Misused: The SQL is wrong.
        """
        try:
            self._connection.execute(sql)
        except self._duckdb.Error as error:
            raise self._wrong_query(error) from error

    def replace_documents(self, table: str, rows: "pyarrow.Table") -> None:
        """Replace the rows of some documents in a table, in memory only, until the tables are closed.

        Args:
            table: Name of the table.
            rows: An Arrow table of the same columns, with every row of these documents.
        """
        self._connection.register(f"{table}_instead", rows)
        self.run(f'ALTER VIEW "{table}" RENAME TO "{table}_as_written"')
        self.run(
            f'CREATE VIEW "{table}" AS SELECT * FROM "{table}_as_written" WHERE document NOT IN '
            f'(SELECT document FROM "{table}_instead") UNION ALL BY NAME SELECT * FROM "{table}_instead"'
        )

    def arrow(self, name: str) -> "pyarrow.Table":
        """Return a table or view as an Arrow table. Raise Misused if there is none of this name."""
        if name not in self.names:
            raise Misused(f"没有表 {name}；有的是 {'、'.join(self.names)}")
        return self.query(f'SELECT * FROM "{name}"')

    def agency(self, name: str) -> AgencyTables:
        """Return one agency through the years, by id, name, or region code (of its government).

        Raises:
            Misused: No report in use is of this agency, or several agencies match.
        """
        return AgencyTables(self.query, name)

    def polars(self, name: str) -> "polars.DataFrame":
        """Return a table or view as a polars DataFrame."""
        import polars

        return polars.DataFrame(self.arrow(name))

    def pandas(self, name: str) -> "pandas.DataFrame":
        """Return a table or view as a pandas DataFrame; `value` becomes a float, which may be inexact."""
        table = self.arrow(name)
        import pyarrow as pa

        for index, field in enumerate(table.schema):
            if pa.types.is_decimal(field.type):
                table = table.set_column(index, field.name, table.column(index).cast(pa.float64()))
        return table.to_pandas()

    def lock_down(self) -> None:
        """Forbid reading other files than these tables, writing files, and lifting this restriction."""
        held = [str(self._folder / f"{table}.parquet") for table in load_tables()]
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in held)
        for setting in (
            f"allowed_paths = [{listed}]",
            "temp_directory = ''",
            f"memory_limit = '{_LOCKED_MEMORY}'",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")

    def ask(self, sql: str, most_rows: int, seconds: float) -> tuple[list[str], list[tuple[object, ...]]]:
        """Return the columns and first rows of the result of an untrusted query.

        Args:
            sql: One SELECT; nothing else is executed.
            most_rows: Most rows that are read.
            seconds: Time after which the query is aborted.

        Raises:
            Misused: It is not a SELECT, has an error, or takes too long.
        """
        timer = Timer(seconds, self._connection.interrupt)
        try:
            statements = self._duckdb.extract_statements(sql)
            if [one.type for one in statements] != [self._duckdb.StatementType.SELECT]:
                raise Misused("只能是一句 SELECT")
            timer.start()
            answer = self._connection.execute(sql)
            return [column[0] for column in answer.description], answer.fetchmany(most_rows)
        except self._duckdb.InterruptException as error:
            raise Misused(f"{seconds:g} 秒还没有结果，已停止；请问得小一些") from error
        except self._duckdb.Error as error:
            raise self._wrong_query(error) from error
        finally:
            timer.cancel()

    def close(self) -> None:
        """Close the files."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the tables themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self.close()


def _require_duckdb() -> ModuleType:
    """Import DuckDB only when a folder is opened: the crosswalk does not need it."""
    try:
        import duckdb
    except ImportError as error:
        raise MissingDependency(f"分析需要 duckdb：{to_install('analysis')}") from error
    return duckdb
