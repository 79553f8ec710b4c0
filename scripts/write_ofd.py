"""Writes an invented report as an OFD file after GB/T 33190, for trying a reader or a viewer.

python scripts/write_ofd.py report.ofd --edition 2019 --layout ofd-rotated --seed 7
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.corpus.layouts_ofd import OFD_LAYOUTS  # noqa: E402
from scripts.corpus.prose import PLAIN_MANNER, write  # noqa: E402
from scripts.corpus.truth import EDITIONS, draw  # noqa: E402


def main() -> int:
    """Run the command line."""
    layouts = {layout.name: layout for layout in OFD_LAYOUTS}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path, help="the file to write")
    parser.add_argument("--edition", choices=EDITIONS, default="2021")
    parser.add_argument("--layout", choices=sorted(layouts), default="ofd-ruled")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    draft = write(draw(args.seed, args.edition), PLAIN_MANNER)
    args.target.write_bytes(layouts[args.layout].render(draft).data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
