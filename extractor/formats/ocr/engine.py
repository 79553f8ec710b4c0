"""The recognizer of text lines: PP-OCR from the rapidocr wheel, run by onnxruntime.

Nothing is downloaded: the wheel contains the model, and the model its characters. The output are
probabilities for each step along a line; decode.py turns them into readings.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from msgspec import Struct

HEIGHT = 48  # pixels: the line height that the model needs
STEP = 8  # pixels of a line per step
_BATCH = 6 * 48 * 20  # pixels of width of lines that are recognized together
_NARROWEST = 48

Picture = np.ndarray[Any, np.dtype[np.uint8]]  # grey, rows by columns
Steps = np.ndarray[Any, np.dtype[np.float32]]  # probabilities, steps by characters


class OcrModel(Struct):
    """The model, and the characters that its output columns stand for; column 0 is the blank symbol."""

    session: Any
    characters: list[str]

    def read(self, lines: list[Picture]) -> list[Steps]:
        """Return the probabilities of each line; a line is a grey picture `HEIGHT` pixels high."""
        order = sorted(range(len(lines)), key=lambda index: lines[index].shape[1])
        found: dict[int, Steps] = {}
        while order:
            width = _padded_width(lines[order[0]].shape[1])
            most = max(1, _BATCH // width)
            group = [index for index in order[:most] if _padded_width(lines[index].shape[1]) == width]
            order = order[len(group) :]
            batch = np.ones((len(group), 3, HEIGHT, width), np.float32)
            for place, index in enumerate(group):
                line = lines[index]
                batch[place, :, :, : line.shape[1]] = line.astype(np.float32) / 127.5 - 1.0
            (output,) = self.session.run(None, {self.session.get_inputs()[0].name: batch})
            for place, index in enumerate(group):
                steps = -(-lines[index].shape[1] // STEP)
                found[index] = output[place, : max(steps, 1)]
        return [found[index] for index in range(len(lines))]


def _padded_width(width: int) -> int:
    """Return the width that lines of about this width are padded to."""
    grain = 16 if width < 160 else 64
    return max(_NARROWEST, -(-width // grain) * grain)


@cache
def load_engine() -> OcrModel:
    """Return the recognizer of this process. Raise ImportError if its model is not installed."""
    found = find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise ImportError("rapidocr")
    folder = Path(found.submodule_search_locations[0]) / "models"
    models = sorted(folder.glob("*rec*.onnx"))
    if not models:
        raise ImportError("rapidocr models")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # worker processes share the cores already
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # limits memory to what one batch needs
    session = onnxruntime.InferenceSession(str(models[-1]), options, providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map.get("character", "").split("\n")
    width = session.get_outputs()[0].shape[-1]
    return OcrModel(
        session, ["", *characters, " "][:width] if isinstance(width, int) else ["", *characters, " "]
    )
