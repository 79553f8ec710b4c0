"""Tools for programs that reason: read a report, ask a batch, explain a cell, list what is there.

They only read, answers are bounded, and no path leads out of the folder that was given.
Read in this order: folder.py, tools.py, stdio.py.
"""

from extractor.mcp_server.folder import GivenFolder
from extractor.mcp_server.tools import ReportTools

__all__ = ["GivenFolder", "ReportTools"]
