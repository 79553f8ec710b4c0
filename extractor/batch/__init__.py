"""Whole archives in: finds documents, reads each in a process of its own, writes a journal as it goes.

    inputs ─ walk, unpack ─▶ found bytes ─ pool ─▶ outcomes ─ journal ─▶ a Harvest, sorted by document

A run can be killed at any moment; the next run continues where it stopped. extractor.export turns
the harvest into tables and files.

Read in this order: settings.py, walk.py, unpack.py, pool.py, journal.py, run.py.
"""

from extractor.batch.journal import Harvest
from extractor.batch.pool import Engine, Workers
from extractor.batch.run import Batch, Tally, run_batch
from extractor.batch.settings import Limits, Settings
from extractor.batch.worker import read_bytes

__all__ = ["Batch", "Engine", "Harvest", "Limits", "Settings", "Tally", "Workers", "read_bytes", "run_batch"]
