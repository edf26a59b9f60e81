"""What a person can choose about the server, apart from what can be chosen about checking."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from checker.errors import UsageError

SHORTEST_TOKEN = 16  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeSettings:
    """Where the server listens and how much it takes on; an impossible value raises UsageError.

    Without `token` everyone on this machine may ask, so another `host` than this machine needs one. `allowed_hosts` are
    more names under which a browser may call the server. Sizes are bytes, `longest_text` is characters, times are
    seconds. Of `most_waiting` articles at most `most_per_client` are of one client.
    """

    host: str = "127.0.0.1"
    port: int = 8017
    token: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    workers: int = 2
    most_waiting: int = 256
    most_per_client: int = 64
    longest_text: int = 200_000
    largest_body: int = 12_000_000
    most_bodies: int = 96_000_000
    body_seconds: float = 30.0
    check_seconds: float = 300.0
    stop_seconds: int = 10

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65_535:
            raise UsageError(f"port is {self.port}; give a number from 0 to 65535")
        for name in ("workers", "most_waiting", "most_per_client", "longest_text", "largest_body", "most_bodies"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}; give a whole number from 1 up")
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise UsageError(f"the token is shorter than {SHORTEST_TOKEN} characters; give a longer one")
        if self.token is None and not is_this_machine(self.host):
            raise UsageError(
                f"others could reach the server at {self.host}, so it needs a token: set CHECKER_TOKEN or give "
                f"--token-file FILE, {SHORTEST_TOKEN} characters or more"
            )


def is_this_machine(host: str) -> bool:
    """True for a name or address that only programs on this machine can reach."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
