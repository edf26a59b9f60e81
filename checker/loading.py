"""The models that settings name, loaded as they are used: with a memory for answers, or plain for what has its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from checker.nli import Predictor
from checker.nli.cache import RememberingPredictor
from checker.originals import Originals
from checker.settings import Settings


def load_model(settings: Settings) -> Predictor:
    """The model that reads English, with what it said before. Raises ModelError, also for one that reads originals."""
    from checker.nli.registry import refuse_originals

    refuse_originals(settings.model)
    return _load_remembering(settings, settings.model)


def load_plain(settings: Settings) -> Predictor:
    """The same without a memory, for an audit, which has one of its own. Raises as `load_model`."""
    from checker.nli.registry import load_predictor, refuse_originals

    refuse_originals(settings.model)
    return load_predictor(
        settings.model, batch_size=settings.batch_size, threads=settings.threads, backend=settings.backend
    )


def load_originals(settings: Settings) -> Originals:
    """The model of originals that the settings name, loaded when it is first asked.

    Where nobody chose one and the usual one was not installed, there is none.
    """
    from checker.nli.registry import identity_of, is_here, languages_of

    name = settings.originals
    if name is None or (name == Settings().originals and not is_here(name)):
        return Originals()
    return Originals(
        partial(languages_of, name), partial(_load_remembering, settings, name), partial(identity_of, name)
    )


def _load_remembering(settings: Settings, name: str) -> Predictor:
    from checker.nli.registry import load_deferred, load_predictor

    load = load_predictor if settings.cache is None else load_deferred
    model = load(name, batch_size=settings.batch_size, threads=settings.threads, backend=settings.backend)
    if settings.cache is None:
        return RememberingPredictor(model)
    from checker.nli.disk_cache import keep_on_disk

    return RememberingPredictor(keep_on_disk(model, Path(settings.cache), megabytes=settings.cache_megabytes))
