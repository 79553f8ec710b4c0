"""A process apart that answers one request after another: a copy of this one, or one started anew.

A copy is made with bare system calls: importing multiprocessing would take as long as reading a page.
"""

import os
import pickle
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO, Protocol

# Answers the requests that its first argument returns, through the second, until the first raises EOFError.
Serve = Callable[[Callable[[], Any], Callable[[Any], None]], None]

_LENGTH_BYTES = 8  # the length of a message stands before it
_LONGEST_WAIT = (1 << 31) - 1  # milliseconds
_FAILED = 1  # exit code of a copy that could not send an answer


class Child(Protocol):
    """What both kinds of process do. Requests and answers must be picklable."""

    def ask(self, request: object) -> None:
        """Send a request. Raise OSError if the process has died."""

    def answers_within(self, seconds: float) -> bool:
        """Return whether an answer comes, or the process dies, within this time."""

    def answer(self) -> Any:
        """Return the answer. Raise EOFError or ConnectionError if the process died instead."""

    def end(self) -> None:
        """End the process, whatever it is doing."""

    def exit_code(self) -> int | None:
        """Return the exit code once the process has ended; negative: the signal that ended it."""


def start_child(serve: Serve, *, copies: bool) -> Child:
    """Start a process that serves requests: a copy of this one, or, with a picklable `serve`, a new one."""
    return ForkedChild(serve) if copies else SpawnedChild(serve)


class ForkedChild:
    """A copy of this process."""

    def __init__(self, serve: Serve) -> None:
        """Fork."""
        requests, to_child = os.pipe()
        from_child, answers = os.pipe()
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()  # otherwise both processes would write what waits in it
        self._code: int | None = None
        self._process = os.fork()
        if self._process == 0:
            os.close(to_child)  # otherwise the end of the requests would never be noticed
            os.close(from_child)
            _serve_and_exit(serve, requests, answers)
        os.close(requests)
        os.close(answers)
        self._to_child, self._from_child = os.fdopen(to_child, "wb"), os.fdopen(from_child, "rb")

    def ask(self, request: object) -> None:
        """Send a request. Raise OSError if the process has died."""
        _send(self._to_child, request)

    def answers_within(self, seconds: float) -> bool:
        """Return whether an answer comes, or the process dies, within this time."""
        poll = select.poll()  # select.select takes no file numbers above 1023
        poll.register(self._from_child, select.POLLIN)
        return bool(poll.poll(min(seconds * 1000, _LONGEST_WAIT)))

    def answer(self) -> Any:
        """Return the answer. Raise EOFError if the process died instead."""
        return _receive(self._from_child)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self._code is None:
            os.kill(self._process, signal.SIGKILL)
        self.exit_code()
        self._from_child.close()
        with suppress(OSError):  # a request that nobody reads any more
            self._to_child.close()

    def exit_code(self) -> int | None:
        """Return the exit code once the process has ended; negative: the signal that ended it."""
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
        return self._code


def _serve_and_exit(serve: Serve, requests: int, answers: int) -> None:
    """In the copy: serve, and end without what the original does at its end."""
    code = _FAILED
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the input is for the original
        incoming, outgoing = os.fdopen(requests, "rb"), os.fdopen(answers, "wb")
        serve(partial(_receive, incoming), partial(_send, outgoing))
        code = 0
    finally:
        os._exit(code)


def _send(file: BinaryIO, message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    file.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
    file.write(data)
    file.flush()


def _receive(file: BinaryIO) -> Any:
    """Return the next message. Raise EOFError if there is none, or not all of it."""
    length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
    data = file.read(length)
    if not data or len(data) < length:
        raise EOFError
    return pickle.loads(data)


class SpawnedChild:
    """A new process, which takes as long to start as the command itself."""

    def __init__(self, serve: Serve) -> None:
        """Start it."""
        from multiprocessing import Pipe, get_context

        self._pipe, theirs = Pipe()
        self._process = get_context("spawn").Process(target=_serve_pipe, args=(theirs, serve), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, request: object) -> None:
        """Send a request. Raise OSError if the process has died."""
        self._pipe.send(request)

    def answers_within(self, seconds: float) -> bool:
        """Return whether an answer comes, or the process dies, within this time."""
        return self._pipe.poll(seconds)

    def answer(self) -> Any:
        """Return the answer. Raise EOFError or ConnectionError if the process died instead."""
        return self._pipe.recv()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        end = self._process.kill if hasattr(signal, "SIGKILL") else self._process.terminate
        end()  # on Windows both are one
        self._process.join()
        self._pipe.close()

    def exit_code(self) -> int | None:
        """Return the exit code once the process has ended; negative: the signal that ended it."""
        self._process.join()
        return self._process.exitcode


def _serve_pipe(pipe: Any, serve: Serve) -> None:
    serve(pipe.recv, pipe.send)
