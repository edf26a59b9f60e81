"""The command line, one verb a file. It only reads, calls the pipeline, and writes; the contract is in ARCHITECTURE.md."""

from checker.cli.entry import main

__all__ = ["main"]
