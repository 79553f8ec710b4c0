"""What a batch has written, for analysts: tables as Arrow, polars or pandas, views, SQL, and the crosswalk.

Read in this order: load.py, concepts.py; the measures are data/measures.yaml.
"""

from extractor.analysis.concepts import concept_rows
from extractor.analysis.load import Tables, load

__all__ = ["Tables", "concept_rows", "load"]
