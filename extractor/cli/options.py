"""Options that several commands have."""

from typing import Annotated

import typer


def _use(folders: list[str] | None) -> list[str] | None:
    """Also use the editions in these folders, including for codes and measures."""
    if folders:
        from extractor.forms import use_forms

        use_forms(*folders)
        require_covered()
    return folders


def require_covered() -> None:
    """Require that the codes of prose numbers and the predefined measures cover every edition.

    Raises:
        InvalidDefinition: An edition lacks something that they need.
    """
    from extractor.codes import require_known_codes
    from extractor.export import load_views

    require_known_codes()
    load_views()


FormsOption = Annotated[
    list[str] | None,
    typer.Option("--forms", metavar="DIR", callback=_use, help="自己的表格版本（*.yaml）的文件夹，可多次。"),
]
MetadataOption = Annotated[
    str | None,
    typer.Option(
        metavar="CSV",
        help="名单：文件或网址、机关、年度、区划、网址，补上文件没有说的；documents.given 里注明。",
    ),
]
SuccessionsOption = Annotated[
    str | None,
    typer.Option(metavar="CSV", help="沿革表（old,new,year,kind）：renamed 改名，merged 并入。"),
]
CorrectionsOption = Annotated[
    str | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="人的更正（corrections.jsonl）：逐格覆盖，原文留在 raw，勾稽关系重新核对。",
    ),
]
AnswersOption = Annotated[
    list[str] | None,
    typer.Option(
        "--answers",
        metavar="FILE",
        help="读回填好的退回表（或装着它们的文件夹）：已更正、不更正、未答的。",
    ),
]
GroupOption = Annotated[
    str | None, typer.Option(metavar="单位", help="按机关分组：每个机关一行，下面是它的事项。")
]
