"""Keeping a fact store: bringing facts in and out, and finding those that are doubtful."""

from checker.facts.doubts import Doubt, find_doubts
from checker.facts.exporting import export_facts
from checker.facts.importing import Imported, ImportFormat, import_file

__all__ = ["Doubt", "ImportFormat", "Imported", "export_facts", "find_doubts", "import_file"]
