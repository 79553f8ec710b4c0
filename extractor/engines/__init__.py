"""Runs the reader on other systems' engines: Ray, Spark and Daft.

Ray runs a whole batch (ray_engine.py). For Spark and Daft there are functions to put into
their own pipelines (arrow.py). All of them read a document exactly as a local worker does.
"""
