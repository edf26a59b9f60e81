"""checker finds what machine translation got wrong in news copy. Importing it loads no torch."""

__version__ = "0.1.0"
