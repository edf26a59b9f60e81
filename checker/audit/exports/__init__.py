"""A whole audit for other programs: one format a file, written as it is read, so that size does not matter."""

from checker.audit.exports.registry import EXPORTS

__all__ = ["EXPORTS"]
