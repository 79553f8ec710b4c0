"""Lets `python -m extractor` do what the `extractor` command does."""

from extractor.cli import main

if __name__ == "__main__":
    main()
