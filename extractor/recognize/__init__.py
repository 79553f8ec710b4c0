"""Recognizers: a Document in, located cells, sections and identity out. They know no file format."""
