"""Write what the YAML files of the package say to extractor/data/compiled/, as JSON.

Run it (`make definitions`) after a change to a YAML file of extractor/data or extractor/forms, and commit
the difference. Without it the YAML is read, which is right and slow.
"""

from pathlib import Path

import msgspec

from extractor.definitions import compile_definition, read_definition
from extractor.forms.model import Form
from extractor.forms.validate import require_sound
from extractor.recognize.prose_numbers.pattern_index import index_of
from extractor.recognize.prose_numbers.rules import phrase_patterns

PACKAGE = Path(__file__).parent.parent / "extractor"
COMPILED = PACKAGE / "data" / "compiled"


def compiled_definitions() -> dict[str, bytes]:
    """Return the compiled form of every YAML file of the package, by the name of its file.

    Besides, what the patterns of the phrases need.

    Raises:
        InvalidDefinition: An edition contradicts itself, which is not looked for when it is read.
    """
    for path in (PACKAGE / "forms").glob("*.yaml"):
        require_sound(path.name, read_definition(path.name, path.read_text(encoding="utf-8"), Form))
    sources = sorted([*(PACKAGE / "data").glob("*.yaml"), *(PACKAGE / "forms").glob("*.yaml")])
    compiled = {
        f"{path.stem}.json": compile_definition(path.name, path.read_text(encoding="utf-8"))
        for path in sources
    }
    needs = msgspec.json.encode(index_of(phrase_patterns()), order="deterministic")
    return compiled | {"needs.json": needs + b"\n"}


def main() -> None:
    """Write the files, and remove those whose YAML is gone."""
    COMPILED.mkdir(exist_ok=True)
    compiled = compiled_definitions()
    for path in COMPILED.iterdir():
        if path.name not in compiled:
            path.unlink()
    for name, data in compiled.items():
        (COMPILED / name).write_bytes(data)


if __name__ == "__main__":
    main()
