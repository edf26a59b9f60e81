"""Where the command starts and ends: every way to fail becomes one line on standard error and an exit code."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Sequence

from checker.cli.exit_codes import INTERRUPTED, NOT_CHECKED, NOTHING_SERIOUS, WRONG_USAGE
from checker.cli.terminal import flush_quietly, say, say_internal_error
from checker.errors import CheckerError, UsageError

DEBUG = "--debug"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process); the exit code is returned, never raised."""
    _open_closed_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in _options(given)
    logging.basicConfig(format="checker: %(message)s", level=logging.WARNING)
    logging.getLogger("checker").setLevel(logging.DEBUG if debug else logging.WARNING)
    with warnings.catch_warnings():
        if not debug and not sys.warnoptions:
            warnings.simplefilter("ignore")  # those of libraries, which an editor cannot act on
        code = _run([argument for argument in given if argument != DEBUG] if debug else given)
    flush_quietly()
    return code


def _open_closed_streams() -> None:
    """Python has None for a stream that the shell closed (`2>&-`); nothing that is written there is missed."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open for as long as we run
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _options(arguments: Sequence[str]) -> Sequence[str]:
    """The arguments before a lone `--`: what follows it are file names."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _run(arguments: list[str]) -> int:
    from checker.cli.app import app

    try:
        app(arguments, prog_name="checker")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else NOTHING_SERIOUS
    except UsageError as error:
        say(str(error))
        return WRONG_USAGE
    except CheckerError as error:
        say(str(error))
        return NOT_CHECKED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # whatever it is, an editor gets a line and no traceback
        say_internal_error(error)
        return NOT_CHECKED
    return NOTHING_SERIOUS
