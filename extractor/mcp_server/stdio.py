"""The tools over the Model Context Protocol, on standard input and output."""

import functools
from collections.abc import Callable
from threading import Lock
from typing import Any

from extractor.errors import ExtractorError, MissingDependency, to_install
from extractor.mcp_server.tools import ReportTools

_ABOUT = """Reads Chinese annual reports on the disclosure of government information. Every number carries the
characters as printed, its place and the sums that prove it; what could not be read with certainty is null and
said to be open. Never take null for 0, and never sum different bodies."""


def run_stdio(tools: ReportTools, version: str, said: Callable[[str], str]) -> None:
    """Serve until standard input is closed.

    Args:
        tools: The tools.
        version: Version of this program.
        said: Translates a message into the client's language.

    Raises:
        MissingDependency: The package mcp is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise MissingDependency(f"extractor mcp 需要 mcp：{to_install('mcp')}") from error
    server = MCPServer("extractor", version=version, instructions=_ABOUT, log_level="WARNING")
    only_reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    one_at_a_time = Lock()
    for tool in (
        tools.list_files,
        tools.parse_report,
        tools.explain_cell,
        tools.query,
        tools.list_coverage,
    ):
        server.add_tool(_saying_why(tool, ToolError, one_at_a_time, said), annotations=only_reads)
    server.run("stdio")


def _saying_why(
    tool: Callable[..., Any], as_told: type[Exception], lock: Lock, said: Callable[[str], str]
) -> Callable[..., Any]:
    """Return a tool that reports errors in one sentence, and runs one call at a time."""

    @functools.wraps(tool)
    def answer(*given: Any, **named: Any) -> Any:
        try:
            with lock:
                return tool(*given, **named)
        except ExtractorError as error:
            raise as_told(said(str(error))) from error

    return answer
