"""Reads what a checkpoint's labels mean, so that no model is ever asked without knowing which output is which.

A checkpoint numbers its outputs as it likes: entailment is 0 for one model and 2 for the next. Guessing would turn
every contradiction into an entailment, so names that are not understood are refused: the message lists the names found
and says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from checker.errors import ModelError

# Spellings found in the configs of published checkpoints (MNLI, ANLI, XNLI, FEVER and VitaminC models), after
# `_plain`: lower case, separators as one underscore.
_ENTAILMENT = frozenset({"entailment", "entail", "entails", "entailed", "support", "supports", "supported"})
_NEUTRAL = frozenset({"neutral", "not_enough_info", "not_enough_information", "nei", "unrelated"})
_CONTRADICTION = frozenset(
    {"contradiction", "contradict", "contradicts", "contradicted", "contradictory", "refute", "refutes", "refuted"}
)
_NOT_ENTAILMENT = frozenset(
    {"not_entailment", "non_entailment", "nonentailment", "no_entailment", "not_entail", "not_entails", "not_entailed"}
    | {"not_supported", "unsupported"}
)

_GENERIC = re.compile(r"(label_?)?\d+")
_BIO_PREFIX = re.compile(r"^[biesul]_(?=.)")

# What span checkpoints call a word that is all right: BIO tags, the OK/BAD tags of quality estimation, hallucination.
_CORRECT = frozenset({"o", "ok", "good", "correct", "supported", "factual", "no_error", "none", "not_hallucinated"})
# Named-entity and part-of-speech taggers have "O" too; taking their tags for errors would mark every name.
_TAGGER = frozenset(
    {"per", "person", "loc", "location", "org", "organization", "misc", "miscellaneous", "gpe", "geo", "date", "time"}
    | {"noun", "verb", "adj", "adv", "pron", "det", "adp", "propn", "punct"}
)

_HOW_TO_NAME_NLI = 'write the real names into config.json, e.g. "id2label": {"0": "entailment", "1": "neutral", …}'
_HOW_TO_NAME_SPANS = 'write the real names into config.json, e.g. "id2label": {"0": "supported", "1": "hallucinated"}'


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """Which output of a model is which NLI label.

    `neutral` is None for a model that only knows entailment and contradiction, `contradiction` is None for a model that
    only knows entailment and not_entailment. Such a model's not_entailment counts as *neutral*: it covers both
    "conflicts" and "says nothing", and silence must never be reported as a conflict. Against a reference the mass is an
    error all the same, because there the error is everything that is not entailed.
    """

    entailment: int
    neutral: int | None
    contradiction: int | None

    @property
    def size(self) -> int:
        """Number of outputs of the model, 2 or 3."""
        return sum(index is not None for index in (self.entailment, self.neutral, self.contradiction))

    def not_entailment(self) -> list[int]:
        """Outputs that are not entailment, in no particular order."""
        return [index for index in (self.neutral, self.contradiction) if index is not None]


def nli_label_order(
    id2label: Mapping[int, str], label2id: Mapping[str, int] | None = None, *, task: str | None = None
) -> LabelOrder:
    """Order of the NLI labels in a model's output, read from its config.

    `label2id` is used where `id2label` has only generic names (LABEL_0 …), and after it `task`, the config's
    `finetuning_task`: GLUE's RTE has one order, entailment first. MNLI is no hint, for two orders are in use (GLUE's,
    and that of the processors of early transformers). Raises ModelError, naming the labels found, where the names are
    generic, unknown, doubled, not numbered from 0, or where the two mappings disagree.
    """
    if (task or "").casefold() == "rte" and _is_generic(id2label, size=2) and _is_generic(label2id or {}):
        return LabelOrder(entailment=0, neutral=1, contradiction=None)
    names = _named_outputs(id2label, label2id or {}, _HOW_TO_NAME_NLI)
    roles: dict[str, int] = {}
    for index, label in names.items():
        role = _nli_role(label)
        if role is None or role in roles:
            raise ModelError(f"not an NLI model: its labels are {_listed(names)}; {_wanted_nli()}")
        roles[role] = index
    if roles.keys() == {"entailment", "neutral", "contradiction"}:
        return LabelOrder(roles["entailment"], roles["neutral"], roles["contradiction"])
    if roles.keys() == {"entailment", "not_entailment"}:
        return LabelOrder(roles["entailment"], roles["not_entailment"], None)
    if roles.keys() == {"entailment", "contradiction"}:
        return LabelOrder(roles["entailment"], None, roles["contradiction"])
    raise ModelError(f"not an NLI model: its labels are {_listed(names)}; {_wanted_nli()}")


def error_labels(id2label: Mapping[int, str], label2id: Mapping[str, int] | None = None) -> tuple[int, ...]:
    """Outputs of a token classifier that mean "this word is in error", ascending.

    Everything but O, OK, supported and their like is error mass, so the severities or categories of an MQM tagger add
    up. Two generic labels, and no labels at all (transformers then means two), are taken as the hallucination models
    that have them mean it: LABEL_1 is the error. Raises ModelError, naming the labels found, for three or more generic
    labels, for a named-entity or part-of-speech tagger, and where no label or every label means an error.
    """
    if (not id2label or _is_generic(id2label, size=2)) and _is_generic(label2id or {}):
        return (1,)
    names = _named_outputs(id2label, label2id or {}, _HOW_TO_NAME_SPANS)
    errors = tuple(index for index, label in names.items() if _plain(label) not in _CORRECT)
    tags = {_BIO_PREFIX.sub("", _plain(names[index])) for index in errors}
    if not errors or len(errors) == len(names) or tags & _TAGGER:
        raise ModelError(
            f"not an error-span model: its labels are {_listed(names)}; one label has to mean that a word is all right "
            "(O, OK, supported) and the others that it is in error"
        )
    return errors


def _named_outputs(id2label: Mapping[int, str], label2id: Mapping[str, int], how: str) -> dict[int, str]:
    """Output number to label name, ascending; from `label2id` where `id2label` says only LABEL_0 and so on."""
    names = _numbered(id2label)
    inverse = _numbered({index: label for label, index in label2id.items()})
    generic = all(_GENERIC.fullmatch(_plain(label)) for label in names.values())
    inverse_generic = all(_GENERIC.fullmatch(_plain(label)) for label in inverse.values())
    if generic and not inverse_generic:
        names = inverse
    elif generic:
        raise ModelError(f"its labels are {_listed(names)}, which says nothing about their meaning; {how}")
    elif not inverse_generic and {i: _plain(v) for i, v in inverse.items()} != {i: _plain(v) for i, v in names.items()}:
        raise ModelError(f"id2label ({_listed(names)}) and label2id ({_listed(inverse)}) disagree; correct config.json")
    if list(names) != list(range(len(names))):
        raise ModelError(f"its labels are {_listed(names)}, not numbered 0 to {len(names) - 1}; {how}")
    return names


def _is_generic(labels: Mapping[Any, Any], size: int = 0) -> bool:
    """Whether id2label (or label2id) says only LABEL_0 and so on; `size` is how many there are to be, 0: any number."""
    texts = [str(name) for item in labels.items() for name in item]
    return all(_GENERIC.fullmatch(_plain(text)) for text in texts) and (not size or len(labels) == size)


def _numbered(labels: Mapping[int, str]) -> dict[int, str]:
    """The labels by ascending number. JSON keys are strings, so "0" and 0 are the same number."""
    try:
        return dict(sorted((int(index), str(label)) for index, label in labels.items()))
    except (TypeError, ValueError) as error:
        raise ModelError(f"its labels are {dict(labels)!r}, not numbered; {_HOW_TO_NAME_NLI}") from error


def _plain(label: str) -> str:
    """Name without case and separators: "Not Entailment", "NOT-ENTAILMENT" -> "not_entailment"."""
    return re.sub(r"[\s_\-]+", "_", label.strip()).casefold()


def _nli_role(label: str) -> str | None:
    """The label's part in NLI, None for a name that is not understood."""
    plain = _plain(label)
    roles = {
        "entailment": _ENTAILMENT,
        "neutral": _NEUTRAL,
        "contradiction": _CONTRADICTION,
        "not_entailment": _NOT_ENTAILMENT,
    }
    return next((role for role, spellings in roles.items() if plain in spellings), None)


def _listed(names: Mapping[int, str]) -> str:
    return ", ".join(f"{index}={label}" for index, label in names.items()) or "missing"


def _wanted_nli() -> str:
    return "wanted are entailment, neutral and contradiction, or entailment and not_entailment"
