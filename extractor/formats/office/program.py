"""LibreOffice as a converter: located, and run without a window, with a profile per process.

One conversion takes two seconds, nearly all of it the start of the program. For many files, a running server
(`unoserver`) takes a tenth of that: set EXTRACTOR_UNOSERVER=127.0.0.1:2003 to use it for texts.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import xmlrpc.client
from pathlib import Path

from extractor.errors import MissingDependency, Unreadable

LONGEST = 120.0  # seconds for one file
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
# the last three are for Windows
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT")
_SERVER = "EXTRACTOR_UNOSERVER"
# Libraries of a module besides the program, and the Debian package that contains them.
_MODULES = {
    "writer": ("libswlo.so", "libreoffice-writer-nogui"),
    "calc": ("libsclo.so", "libreoffice-calc-nogui"),
}

# No macro of a file is run, and no link in it is fetched.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)

_lock = threading.Lock()  # two conversions with one profile would fail or interfere
_profiles: dict[int, Path] = {}  # by process id: a forked worker must not use its parent's


def convert(data: bytes, extension: str, target: str, module: str, name: str) -> bytes:
    """Return a file converted by LibreOffice.

    Args:
        data: The file.
        extension: The extension that fits its bytes.
        target: The extension to convert to, if necessary with a filter: `docx:MS Word 2007 XML`.
        module: `writer` or `calc`, whichever reads such files.
        name: What the user calls the file.

    Raises:
        MissingDependency: LibreOffice, or its module, is not installed.
        Unreadable: LibreOffice does not open the file, or takes too long.
    """
    server = os.environ.get(_SERVER)
    if server and module == "writer":  # it does not accept spreadsheets as bytes
        return _convert_by_server(server, data, target, name)
    program = _program(module, name)
    with _lock, tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        source = Path(folder) / f"source.{extension}"
        source.write_bytes(data)
        out = Path(folder) / "out"
        _run([program, *_options(), "--convert-to", target, "--outdir", str(out), str(source)], name)
        result = out / f"source.{target.partition(':')[0]}"
        if not result.is_file() or not result.stat().st_size:
            raise Unreadable(f"{name}: LibreOffice 打不开这个文件，它可能已损坏或设有密码")
        return result.read_bytes()


def find_program() -> str | None:
    """Return the path of LibreOffice; None if it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in _PLACES if Path(path).is_file()), None)


def has_module(program: str, module: str) -> bool:
    """Return whether LibreOffice has a module; True if its files are not laid out as on Linux."""
    folder = Path(program).resolve().parent
    return not (folder / "soffice.bin").is_file() or (folder / _MODULES[module][0]).is_file()


def _program(module: str, name: str) -> str:
    program = find_program()
    if program is None or not has_module(program, module):
        package = _MODULES[module][1]
        message = f"{name}: 读这种文件需要 LibreOffice，请先安装：sudo apt-get install {package}"
        raise MissingDependency(message)
    return program


def _options() -> list[str]:
    profile = _profiles.get(os.getpid())
    if profile is None:
        profile = Path(tempfile.mkdtemp(prefix="extractor-office-"))
        atexit.register(_remove, profile, os.getpid())
        (profile / "user").mkdir()
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        _profiles[os.getpid()] = profile
    return [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo"]


def _settings() -> str:
    """Return the settings in LibreOffice's file format."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {spaces}>{items}</oor:items>\n'


def _remove(profile: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(profile, ignore_errors=True)


def _run(command: list[str], name: str) -> None:
    """Run the program in a session of its own, so that its children end with it."""
    environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**environment, "HOME": str(_profiles[os.getpid()])},
        start_new_session=True,
    )
    try:
        process.wait(LONGEST)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"{name}: LibreOffice 转换超过 {LONGEST:.0f} 秒，已中止") from error
    finally:
        if process.poll() is None:
            _kill(process)
            process.wait()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows: soffice.com ends its child itself
        process.kill()


def _convert_by_server(server: str, data: bytes, target: str, name: str) -> bytes:
    """Convert through a running unoserver."""
    kind, _, filter_name = target.partition(":")
    try:
        with xmlrpc.client.ServerProxy(f"http://{server}", allow_none=True) as proxy:
            given = xmlrpc.client.Binary(data)
            result = proxy.convert(None, given, None, kind, filter_name, [], False)
    except OSError as error:
        message = f"{name}: 连不上 {_SERVER} 所指的 unoserver（{server}），请先启动：unoserver --port 2003"
        raise MissingDependency(message) from error
    except xmlrpc.client.Error as error:
        raise Unreadable(f"{name}: LibreOffice 打不开这个文件，它可能已损坏或设有密码") from error
    if not isinstance(result, xmlrpc.client.Binary):
        raise Unreadable(f"{name}: LibreOffice 打不开这个文件，它可能已损坏或设有密码")
    return result.data
