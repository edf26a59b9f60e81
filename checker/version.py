"""The version, apart from the package's public names so that every module can import it."""

VERSION = "0.1.0"
