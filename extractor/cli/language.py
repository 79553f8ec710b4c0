"""The language of the command line, and Chinese translations of typer's texts."""

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Literal, get_args

from extractor.errors import Misused
from extractor.patterns import kept_pattern

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
_OPTION = "--lang"
_OWN, _SYSTEM = "EXTRACTOR_LANG", ("LC_ALL", "LC_MESSAGES", "LANG")
_state: dict[str, Language] = {"language": "zh"}

_HEADS = {"Arguments": "参数", "Options": "选项", "Commands": "命令"}
# Texts of all versions of typer: pattern, and Chinese.
_TYPER: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"^Usage: ", "用法："),
    (r"\[OPTIONS\]", "[选项]"),
    (r" COMMAND \[ARGS\]\.\.\.", " 命令 [参数]..."),
    (r"^Try '(.+)' for help\.$", r"说明见 \1"),
    (r"^Error: ", "错误："),
    (r"^(Arguments|Options|Commands):$", lambda found: f"{_HEADS[found[1]]}："),
    (r"No such command ['\"]?([^'\"]+)['\"]?\.", r"没有 \1 这个命令。"),
    (r" Did you mean (.+?)\?$", lambda found: f"是不是 {_unquoted(found[1])}？"),
    (r"No such option:? ['\"]?(-[^\s'\"]+?)['\"]?\.?(?= |$)", r"没有 \1 这个选项。"),
    (r" ?\(Possible options: (.+)\)$", lambda found: f"是不是 {_unquoted(found[1])}？"),
    (r"Missing option (.+?)\.", lambda found: f"缺少选项 {_unquoted(found[1])}。"),
    (r"Missing argument (.+?)\.", lambda found: f"缺少参数 {_unquoted(found[1])}。"),
    (r"Missing command\.", "缺少命令。"),
    (r"Invalid value for (.+?): ", lambda found: f"{_unquoted(found[1])} 不对："),
    (r"Option '(.+?)' requires (?:an argument|\d+ arguments)\.", r"选项 \1 后面要有值。"),
    (r"Option '(.+?)' does not take a value\.", r"选项 \1 后面不能有值。"),
    (r"Got unexpected extra arguments? \((.+)\)", r"多出了参数 \1"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"多出了参数 \1"),
    (r"Input should be a valid integer.*$", "要一个整数"),
    (r"Input should be a valid number.*$", "要一个数"),
    (r"Input should be greater than or equal to (\S+)", r"至少是 \1"),
    (r"Input should be less than or equal to (\S+)", r"至多是 \1"),
    (r"'(.*)' is not a valid (?:int|integer)(?: range)?\.", r"\1 不是整数"),
    (r"'(.*)' is not a valid float(?: range)?\.", r"\1 不是数"),
    (r"(\S+) is not in the range (.+?)\.", r"\1 不在 \2 的范围里"),
    (r"\bShow this message and exit\.", "显示这段说明。"),
    (r"\bInstall completion for the current shell\.", "给现在用的 shell 装上命令补全。"),
    (r"\bShow completion for the current shell, to copy it or( customize the installation\.)?",
     "显示命令补全的脚本，可自己存放。"),
    (r"^ +customize the installation\.$", ""),
    (r"\[required\]", "［必有］"),
    (r"\[default: ", "[默认 "),
    (r"<(?:list\[)?str\]?>", lambda found: " " * len(found[0])),
    (r"<(?:int|float)(?: range)?>", lambda found: "数" + " " * (len(found[0]) - 2)),  # with the same width
)  # fmt: skip


def _unquoted(names: str) -> str:
    return kept_pattern("['\"]").sub("", names).replace(", ", "、")


def current_language() -> Language:
    """Return the language of output for people."""
    return _state["language"]


def use_language(language: Language) -> None:
    """Set the language of output for people."""
    _state["language"] = language


def translated_line(text: str) -> str:
    """Return one of our own lines in the current language."""
    if current_language() == "zh":
        return text
    from extractor.messages import translated  # loads tables, which Chinese --help does not need

    return translated(text, "en")


def spoken(text: str) -> str:
    """Return a text in the current language, including typer's own texts."""
    if current_language() == "en":
        return translated_line(text)
    if text.startswith(("Usage: ", "Error: ")):
        return "\n".join(map(_without_typers_english, text.split("\n")))
    return text


def _without_typers_english(line: str) -> str:
    for pattern, chinese in _typers_sentences():
        line = pattern.sub(chinese, line)
    return line


@cache
def _typers_sentences() -> tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    return tuple((kept_pattern(pattern), chinese) for pattern, chinese in _TYPER)


def language_of_system(environment: Mapping[str, str]) -> Language:
    """Return the language set in the environment: EXTRACTOR_LANG before LC_ALL, LC_MESSAGES, LANG.

    >>> language_of_system({"LANG": "en_US.UTF-8"}), language_of_system({"LANG": "C.UTF-8"})
    ('en', 'zh')
    """
    own = environment.get(_OWN, "").lower()
    asked = own or next((value for name in _SYSTEM if (value := environment.get(name, ""))), "")
    return "en" if asked.lower().startswith("en") else "zh"


def without_language(arguments: Sequence[str], leaving: Collection[str] = ()) -> tuple[list[str], str | None]:
    """Return the arguments without --lang (anywhere before a --), and its value.

    Args:
        arguments: The arguments of the command line.
        leaving: Commands with an option of that name: arguments after them are kept.

    >>> without_language(["parse", "--lang", "en", "a.docx"])
    (['parse', 'a.docx'], 'en')
    """
    kept: list[str] = []
    asked = None
    rest = iter(arguments)
    for argument in rest:
        if argument in leaving:
            own = list(rest)
            return [*kept, argument, *own], without_language(own)[1] or asked
        if argument == "--":
            return [*kept, argument, *rest], asked
        if argument == _OPTION:
            asked = next(rest, "")
        elif argument.startswith(f"{_OPTION}="):
            asked = argument.partition("=")[2]
        else:
            kept.append(argument)
    return kept, asked


def choose_language(arguments: Sequence[str], command: object) -> list[str]:
    """Set the language requested by the arguments, and return the other arguments.

    Args:
        arguments: The arguments of the command line.
        command: The root command.
    """
    below = getattr(command, "commands", {})
    kept, asked = without_language(arguments, [name for name, each in below.items() if _has_option(each)])
    use_language(language_of_system(os.environ))
    if asked is not None:
        use_language(language_named(asked))
    return kept


def _has_option(command: object) -> bool:
    return any(_OPTION in getattr(each, "opts", ()) for each in getattr(command, "params", ()))


def language_named(name: str) -> Language:
    """Return a language by name.

    Raises:
        Misused: There is no such language.
    """
    for language in LANGUAGES:
        if name == language:
            return language
    raise Misused(f"{_OPTION} {name}: 没有这种语言，有 {'、'.join(LANGUAGES)}")


def help_in_language(command: object) -> None:
    """Translate the help of a command, its options and its subcommands."""
    for holder in (command, *getattr(command, "params", ())):
        for name in ("help", "short_help", "metavar"):
            if text := getattr(holder, name, None):
                setattr(holder, name, translated_line(text))
    for below in getattr(command, "commands", {}).values():
        help_in_language(below)
