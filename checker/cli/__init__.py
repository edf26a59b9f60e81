"""The command line, one verb a file. It reads, calls the pipeline and writes; its contract is in ARCHITECTURE.md."""

from checker.cli.entry import main

__all__ = ["main"]
