"""The command line: the only room that prints or exits. stdout is data, stderr is for people.

`app` declares the commands and their options; the module that has a command's name does its work.
`output` alone writes results, to standard output, a file or a folder.
"""

from extractor.cli.app import app, main

__all__ = ["app", "main"]
