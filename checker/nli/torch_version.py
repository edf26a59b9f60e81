"""What torch runs a model, told without importing it: that takes a second, and kept answers need none of it."""

from __future__ import annotations

from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from checker.errors import ModelError


def torch_backend(where: str = "float32-cpu") -> str:
    """Library and version, with the number type and device given. Raises ModelError where torch is not installed."""
    return f"torch-{_torch_version()}-{where}"


def _torch_version() -> str:
    """`torch.__version__`, read from the file that torch itself reads it from; a package's metadata may differ."""
    found = find_spec("torch")
    if found is None or found.origin is None:
        raise ModelError("torch is not installed, and models need it; run `pip install torch`")
    spec = spec_from_file_location("_torch_version", Path(found.origin).with_name("version.py"))
    if spec is None or spec.loader is None:
        raise ModelError("torch is damaged; install it again")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.__version__)
