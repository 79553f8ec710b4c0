"""Beyond one machine: the same reading on engines that others have built. None of our own.

Ray runs a whole batch (ray_engine.py). For Spark and Daft there are functions to put into
their own pipelines (arrow.py). All of them read a document exactly as a local worker does.
"""
