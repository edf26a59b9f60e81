"""The exit codes of the contract. 3 wins over 1: what was not checked may hold worse than what was found."""

NOTHING_SERIOUS = 0
FOUND = 1
WRONG_USAGE = 2
NOT_CHECKED = 3
INTERRUPTED = 130  # as shells say it: 128 + SIGINT
