"""For analysts: the tables of a batch as Arrow, polars or pandas, views, SQL, and the concept crosswalk.

Read in this order: load.py, concepts.py; the measures are data/measures.yaml.
"""

from extractor.analysis.concepts import concept_rows
from extractor.analysis.load import Tables, load

__all__ = ["Tables", "concept_rows", "load"]
