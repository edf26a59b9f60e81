"""checker finds what machine translation got wrong in news copy. Importing it loads no torch."""

from checker.version import VERSION as __version__

__all__ = ["__version__"]
