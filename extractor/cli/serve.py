"""The serve command: a page of this machine where files are dropped, and a REST interface."""

import getpass
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from extractor.cli.language import Language
from extractor.cli.options import FormsOption
from extractor.cli.terminal import end_on_terminate, say
from extractor.errors import ExitCode, Misused

SERVE_HELP = """开一个本机的网页：拖入文件、文件夹、压缩包，看哪些要退回，逐格核对和更正，下载退回表和面板。

一切都留在这台机器上。不给 --data，程序一关全部删除；给了就留在那个文件夹里，下次接着用。

\b
extractor serve
extractor serve --data 年报核对
extractor serve --host 0.0.0.0 --data 年报核对     别的机器也能用，凭启动时显示的 token

程序也能用：POST /v1/parse、/v1/batch，GET /v1/jobs/ID，见网页上的接口说明和 /v1/openapi.json。
"""


@dataclass(frozen=True)
class ServeOptions:
    """The options as given on the command line."""

    host: str
    port: int
    data: str | None
    token: str | None
    names: tuple[str, ...]
    opens: bool
    workers: int | None
    seconds: float
    size: int  # MiB, of one document
    memory: int  # MiB, of one worker
    upload: int  # MiB, of one request
    language: str | None


def serve(
    host: Annotated[str, typer.Option(metavar="HOST", help="监听的地址；0.0.0.0 是所有网卡。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口；0 是任选一个。")] = 8321,
    data: Annotated[
        str | None, typer.Option(metavar="DIR", help="留下上传、结果、更正的文件夹；不给则关掉即删。")
    ] = None,
    token: Annotated[
        str | None, typer.Option(metavar="TOKEN", help="凭它才能用；不给而别的机器能连时，自动生成。")
    ] = None,
    names: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="这台机器的其他名字，可多次。")
    ] = None,
    opens: Annotated[bool, typer.Option("--open/--no-open", help="启动后打开浏览器。")] = True,
    workers: Annotated[int | None, typer.Option(min=1, help="进程数；不给则每核一个。")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="每份的时间上限，秒。")] = 60.0,
    max_size: Annotated[int, typer.Option(min=1, help="每份的大小上限，MiB。")] = 64,
    max_memory: Annotated[int, typer.Option(min=256, help="每个进程的内存上限，MiB。")] = 1400,
    max_upload: Annotated[int, typer.Option(min=1, help="一次上传的上限，MiB。")] = 2048,
    language: Annotated[
        str | None, typer.Option("--lang", metavar="LANG", help="zh 或 en；不给则随浏览器。")
    ] = None,
    more_forms: FormsOption = None,
) -> None:
    """Serve the pages and the REST interface."""
    options = ServeOptions(
        *(host, port, data, token, tuple(names or ()), opens, workers, timeout, max_size),
        *(max_memory, max_upload, language),
    )
    raise typer.Exit(_serve(options))


def _serve(options: ServeOptions) -> ExitCode:
    from extractor.batch import Limits, Settings
    from extractor.serve.bodies import BodyLimits
    from extractor.serve.guard import Door
    from extractor.serve.run import Listening, run_server
    from extractor.serve.settings import ServeSettings

    language = _language(options.language)
    limits = Limits(seconds=options.seconds, size=options.size << 20, memory=options.memory << 20)
    batch = Settings(limits=limits)
    if options.workers:
        batch = Settings(options.workers, limits)

    def settings(folder: Path) -> ServeSettings:
        return ServeSettings(
            data=folder,
            is_kept=options.data is not None,
            door=Door(()),
            batch=batch,
            bodies=BodyLimits(options.upload << 20),
            language=language,
            who=_user(),
        )

    def on_start(address: str) -> None:
        say(f"打开 {address}　Ctrl-C 结束")
        if options.opens and sys.stderr.isatty():
            webbrowser.open(address)

    listening = Listening(options.host, options.port, options.token, options.names)
    end_on_terminate()
    with suppress(KeyboardInterrupt):  # Ctrl-C ends the server
        run_server(listening, Path(options.data) if options.data else None, settings, on_start)
    return ExitCode.OK


def _language(text: str | None) -> Language | None:
    if text is None:
        return None
    if text not in get_args(Language):
        raise Misused(f"没有 --lang {text}；可用 zh、en")
    return cast(Language, text)


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # Windows without USERNAME has no pwd to ask
        return ""
