"""Recognizers: a Document in, located cells, sections and issuer out. They know no file format."""
