"""The API's requests and answers as types; the OpenAPI description is made from them.

`ReportShape` describes `checker.report/1` as `checker.report.json` writes it; a test holds the two together. All
offsets count Unicode code points.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

Offset = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
SeverityName = Literal["neutral", "minor", "major", "critical"]
VerdictName = Literal["contradicted", "supported", "unsupported", "not_checked"]
DecisionName = Literal["accepted", "left_as_is", "not_an_error", "fact_out_of_date", "reopened"]
MOST_FACTS = 500


class Shape(BaseModel):
    """A key that nobody knows is a mistake, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


class FactShape(Shape):
    """A reference fact for one article. `id` and `origin` come back with the findings that rest on it."""

    text: Text
    id: str | None = None
    language: str | None = Field(default=None, min_length=2, max_length=8)
    origin: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class PartShape(Shape):
    """What a stretch of the text is; each part is cut into sentences by itself. Parts ascend and do not overlap."""

    kind: Literal["headline", "summary", "body", "caption", "unit", "note"]
    start: Offset
    end: Offset


class UnitShape(Shape):
    """The original `text` of what stands at `start`:`end` of the translation. Units ascend and do not overlap."""

    id: str
    start: Offset
    end: Offset
    text: str


class CheckRequest(Shape):
    """An article and what it is to be held against, besides the newsroom's own facts.

    `source` is the article in its original language, with `source_parts` as `POST /sources` gives them; `units` are
    the same, unit by unit, as `POST /documents` gives them for bitext, in `source_language`. `as_of` is the day on
    which facts have to be valid.
    """

    text: str = Field(description="The article, as plain text.")
    title: str | None = None
    language: str | None = Field(
        default=None, min_length=2, max_length=8, description="ISO 639-1; told from the text if null."
    )
    parts: list[PartShape] = Field(default_factory=list, max_length=5_000)
    source: str | None = None
    source_language: str | None = Field(default=None, min_length=2, max_length=8)
    source_parts: list[PartShape] = Field(default_factory=list, max_length=5_000)
    units: list[UnitShape] = Field(default_factory=list, max_length=20_000)
    facts: list[FactShape | Text] = Field(default_factory=list, max_length=MOST_FACTS)
    as_of: date | None = None
    max_alerts: int | None = Field(
        default=None, ge=1, le=200, description="Most findings; as the server is set if null."
    )


class FileShape(Shape):
    """The file that an article was opened from: its name, and its bytes in Base64."""

    name: str = Field(max_length=300)
    content: Base64Bytes


class ExportRequest(CheckRequest):
    """What is to be exported. `marked` and `corrected` need the `file` that the text was read from."""

    file: FileShape | None = None


class ConflictShape(Shape):
    """The words of the evidence that contradict the finding; offsets into the evidence's text."""

    start: Offset
    end: Offset
    text: str


class EvidenceShape(Shape):
    """What a finding rests on. `start` and `end` are its place in the article or the source, null for a fact."""

    kind: Literal["fact", "source", "article", "language"]
    id: str
    text: str
    start: Offset | None
    end: Offset | None
    relevance: float
    probability: float
    span: ConflictShape | None
    origin: str | None
    valid_from: str | None
    valid_until: str | None


class FindingShape(Shape):
    """Suspect words. Of findings at `confidence` 0.9, nine in ten are right."""

    id: str
    start: Offset
    end: Offset
    text: str
    sentence: Offset
    category: str
    severity: SeverityName
    confidence: float = Field(ge=0, le=1)
    message: str
    suggestions: list[str]
    evidence: list[EvidenceShape]
    detector: str
    fingerprint: str


class ProbabilitiesShape(Shape):
    """The model's labels; they add to 1 but for rounding."""

    entailment: float
    neutral: float
    contradiction: float


class SentenceShape(Shape):
    """The verdict on one sentence; `reason` tells why it was not checked."""

    index: Offset
    start: Offset
    end: Offset
    verdict: VerdictName
    reason: str | None
    probabilities: ProbabilitiesShape | None


class DocumentShape(Shape):
    """The article as it was checked."""

    id: str
    path: str | None
    title: str | None
    language: str
    characters: Offset
    words: Offset
    sentences: Offset
    byline: str | None
    dateline: str | None
    published: str | None
    parts: list[PartShape]


class SkippedShape(Shape):
    """What could not be used, and why."""

    what: str
    reason: str


class SignatureShape(Shape):
    """What made the report; equal signatures and equal input give the same report."""

    checker: str
    model: str
    model_hash: str
    settings_hash: str
    backend: str
    facts_hash: str | None
    as_of: str | None
    calibration: str | None
    originals: str | None


class ReportShape(Shape):
    """A report, `checker.report/1`; findings are ordered by confidence, highest first."""

    schema_: Literal["checker.report/1"] = Field(alias="schema")
    document: DocumentShape
    findings: list[FindingShape]
    sentences: list[SentenceShape]
    skipped: list[SkippedShape]
    signature: SignatureShape
    held_back: int


class DecisionShape(Shape):
    """What was decided about a finding, by whom, when and why."""

    kind: DecisionName
    at: str
    by: str | None
    reason: str | None


class DecidedShape(FindingShape):
    """A finding that the report does not hold: it was dismissed, or would rest on a fact that is out of date."""

    decision: DecisionShape | None


class CheckAnswer(ReportShape):
    """A report with its result in words, and `decided`: what is not in it because somebody dismissed it."""

    headline: str
    remarks: list[str]
    decided: list[DecidedShape]


class DecisionRequest(Shape):
    """A decision about one finding, given as the report had it, with its sentence's text and the article's name.

    `replacement` is what was written instead. The newest decision about a finding counts; `reopened` takes it back.
    """

    kind: DecisionName
    finding: FindingShape
    sentence: str = Field(max_length=20_000)
    article: str | None = Field(default=None, max_length=500)
    model_hash: str = Field(default="", max_length=64)
    by: str | None = Field(default=None, max_length=200)
    reason: str | None = Field(default=None, max_length=2_000)
    replacement: str | None = Field(default=None, max_length=2_000)


class DocumentAnswer(Shape):
    """What was read from a file: send it back as a `CheckRequest`, whose fields have the same names.

    `can_mark` and `can_correct` say which exports of the file itself there are: `marked` and `corrected`.
    """

    text: str
    title: str | None
    language: str
    format: str
    can_mark: bool
    can_correct: bool
    parts: list[PartShape]
    units: list[UnitShape]
    source_language: str | None
    published: str | None
    notes: list[str]
    omitted: list[str]


class SourceAnswer(Shape):
    """An original that was read from a file; the fields are those of a `CheckRequest`."""

    source: str
    source_language: str
    source_parts: list[PartShape]
    notes: list[str]
    omitted: list[str]


class FactsAnswer(Shape):
    """Facts of a file, and what of it could not be used."""

    facts: list[FactShape]
    skipped: list[SkippedShape]


class Problem(Shape):
    """Why there is no other answer, and what to do."""

    error: str


class HealthShape(Shape):
    """The server is there; `waiting` and `running` are articles."""

    status: Literal["ok"]
    version: str
    waiting: int
    running: int
