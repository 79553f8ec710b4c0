"""What the tests of other systems share: a Python that lacks what Windows lacks."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]

_WITHOUT = """
import multiprocessing, os, signal, sys, warnings
import psutil  # on Linux it needs resource itself

sys.modules.update(dict.fromkeys(("resource", "fcntl", "pwd", "grp", "termios")))
for name in ("SIGKILL", "SIGALRM", "alarm", "setitimer", "ITIMER_REAL"):
    delattr(signal, name)
for name in ("fork", "forkpty", "killpg", "sched_getaffinity", "geteuid", "getuid"):
    delattr(os, name)
multiprocessing.get_all_start_methods = lambda: ["spawn"]
# Windows locks files itself; what stands in for that here says that it is weaker.
warnings.filterwarnings("ignore", message="only soft file lock")
"""


def bare_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which every Python, that of a worker too, lacks what Windows lacks."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_WITHOUT, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
