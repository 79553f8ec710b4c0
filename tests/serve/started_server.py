"""A server in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any


class Server:
    """A server as it is started from a command line, its data kept in a folder or nowhere."""

    def __init__(  # noqa: D107
        self, data: Path | None, scratch: Path | None = None, environment: dict[str, str] | None = None
    ) -> None:
        options = ["--port", "0", "--no-open", "--workers", "2", "--lang", "zh"]
        command = [sys.executable, "-m", "extractor", "serve", *options]
        if scratch:
            environment = {**os.environ, "TMPDIR": str(scratch)}
        command += ["--data", str(data)] if data else []
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        assert self.process.stderr is not None
        told = self.process.stderr.readline()
        found = re.search(r"http://\S+?/", told)
        assert found, told
        self.address = found[0].rstrip("/")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.address}{path}") as answer:
            data: bytes = answer.read()
            return data

    def post(self, path: str, files: dict[str, bytes]) -> Any:
        """Send files as a form; return what is answered."""
        bound = "-----in-between"
        parts = [
            f'--{bound}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
            + data
            for name, data in files.items()
        ]
        body = b"\r\n".join([*parts, f"--{bound}--\r\n".encode()])
        kind = {"content-type": f"multipart/form-data; boundary={bound}"}
        with urllib.request.urlopen(urllib.request.Request(f"{self.address}{path}", body, kind)) as answer:
            return json.loads(answer.read())

    def rows(self, job: str) -> dict[str, dict[str, Any]]:
        return {row["name"]: row for row in json.loads(self.get(f"/v1/jobs/{job}"))["rows"]}

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        _, _ = self.process.communicate(timeout=30)
        return self.process.returncode
