"""The few errors a user can meet. Every message says what to do next; the command line maps them to exit codes."""

from __future__ import annotations


class CheckerError(Exception):
    """Something could not be checked (exit code 3)."""


class UsageError(CheckerError):
    """The request itself is wrong: an unknown option, key or value (exit code 2)."""


class UnreadableFileError(CheckerError):
    """A file is missing, empty, binary, too large or in an encoding that cannot be told."""


class FactFileError(CheckerError):
    """A fact file cannot be read at all. Single bad lines are reported as skipped instead."""


class FactStoreError(CheckerError):
    """A fact store is missing, damaged, of a newer version, or in use by another writer."""


class DecisionStoreError(CheckerError):
    """A decision store is missing, damaged, of a newer version, or in use by another writer."""


class AnswerFileError(CheckerError):
    """A file of kept answers cannot be used; it is done without."""


class StoreUnreachableError(CheckerError):
    """Object storage does not answer or no longer lets us in: nothing of it can be read, so an audit stops."""


class ModelError(CheckerError):
    """A model is missing, damaged, or does not speak NLI."""


def first_line(error: BaseException) -> str:
    """The first line of what another library's error says, its type where it says nothing: messages have one line."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
