"""Requests as LanguageTool's clients send them, written down from what their public code does, and what they then read.

Each is the body on the wire with the headers that matter. The text is always that of the harbour; what the client reads
are the units of its own text, which begin elsewhere than ours where it sends markup or blanks in front.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus, urlencode

import jsonschema
import pytest
from scripted_desk import FACTS, ScriptedModel, make_desk

from checker import Fact

TEXT = "Envoys 🚢 praised the lawful seizure of the ship. Sailors left the ship on Monday."
ADD_ON = {"origin": "chrome-extension://oldceeleldhonbafppcapldpdifcinji", "sec-fetch-site": "none"}
FORM = "application/x-www-form-urlencoded"


class Client(NamedTuple):
    """A client's request, and the text that its offsets count in."""

    body: str
    counted_in: str
    headers: Mapping[str, str] = MappingProxyType({})
    query: str = ""
    variant: str = "en-US"


def in_form(**fields: str) -> str:
    """As Java's and JavaScript's encoders write a form."""
    return urlencode(fields, quote_via=quote_plus)


MARKDOWN = "# Ship\n\n" + TEXT.replace("lawful", "**lawful**")
PADDING = " " * 8  # LTeX+ puts blanks in front, and takes their length off the offsets
CLIENTS = {
    # VS Code with LTeX: annotated Markdown; its Java client says JSON and sends a form.
    "ltex": Client(
        in_form(
            language="en-US",
            data=json.dumps(
                {
                    "annotation": [
                        {"markup": "# "},
                        {"text": "Ship"},
                        {"markup": "\n\n", "interpretAs": "\n"},
                        {"text": "Envoys 🚢 praised the "},
                        {"markup": "**"},
                        {"text": "lawful"},
                        {"markup": "**"},
                        {"text": TEXT.partition("lawful")[2]},
                    ]
                }
            ),
        ),
        MARKDOWN,
        {"content-type": "application/json", "accept": "application/json"},
    ),
    "ltex-plus": Client(
        in_form(
            language="auto",
            preferredVariants="en-GB,de-DE",
            data=json.dumps({"annotation": [{"text": PADDING}, {"text": TEXT}]}),
            level="picky",
            motherTongue="de-DE",
            enabledRules="PASSIVE_VOICE,EN_CONSISTENT_APOS",
        ),
        PADDING + TEXT,
        {"content-type": FORM, "accept": "application/json"},
        variant="en-GB",
    ),
    # Obsidian, both plugins: a form, every setting that is on.
    "obsidian": Client(
        in_form(
            data=json.dumps({"annotation": [{"markup": "- ", "interpretAs": "• "}, {"text": TEXT}]}),
            language="auto",
            enabledOnly="false",
            level="picky",
            motherTongue="de",
            enabledCategories="CREATIVE_WRITING,WIKIPEDIA",
            disabledCategories="TYPOS",
            disabledRules="WHITESPACE_RULE",
            preferredVariants="de-DE,en-GB,pt-PT,ca-ES",
        ),
        f"- {TEXT}",
        {"content-type": FORM, "accept": "application/json", "origin": "app://obsidian.md"},
        variant="en-GB",
    ),
    # Browser and Thunderbird add-on: text/plain by its header, fields of its own, identity in the address.
    "add-on": Client(
        f"data={quote(json.dumps({'text': TEXT, 'metaData': {'EmailToAddress': ''}}))}"
        "&textSessionId=35069%3A1649698031896&enableHiddenRules=true&level=picky&language=auto&noopLanguages=en%2Csv&preferredLanguages=en%2Csv"
        "&preferredVariants=en-US%2Cde-DE%2Cpt-PT%2Cca-ES&disabledRules=WHITESPACE_RULE%2CCONSECUTIVE_SPACES"
        "&useragent=webextension-chrome-ng&mode=allButTextLevelOnly&allowIncompleteResults=true",
        TEXT,
        {"content-type": "text/plain;charset=UTF-8", "accept": "application/json", **ADD_ON},
        "c=1&instanceId=35069%3A1649698031896&v=8.11.6",
    ),
    # LibreOffice 7.4: by its header a form, but written as it is.
    "libreoffice": Client(f"text=R&D: {TEXT}&language=en-GB", f"R&D: {TEXT}", {"content-type": FORM}, variant="en-GB"),
    # Emacs, languagetool.el and langtool: everything percent-encoded, the language last or first.
    "emacs": Client(f"language=en&text={quote(TEXT)}&disabledRules=", TEXT, {"content-type": FORM}, variant="en"),
}


@pytest.fixture
def client(connect):
    return connect(desk=make_desk(ScriptedModel(), facts=[Fact("ruling", FACTS[0], origin="rulings.txt:7")]))


def ask(client: Any, asked: Client) -> Any:
    place = "/v2/check" + (f"?{asked.query}" if asked.query else "")
    answer = client.post(place, content=asked.body.encode(), headers=asked.headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


# What LanguageTool's server writes; typed clients read every key, and fail without one. More keys do no harm.
STRING, NUMBER, TRUTH = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}


def has(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


MATCH = has(
    message=STRING,
    shortMessage=STRING,
    replacements=many(has(value=STRING)),
    offset=NUMBER,
    length=NUMBER,
    context=has(text=STRING, offset=NUMBER, length=NUMBER),
    sentence=STRING,
    type=has(typeName=STRING),
    rule=has(id=STRING, description=STRING, issueType=STRING, category=has(id=STRING, name=STRING)),
    ignoreForIncompleteSentence=TRUTH,
    contextForSureMatch=NUMBER,
)
ANSWER = has(
    software=has(name=STRING, version=STRING, buildDate=STRING, apiVersion={"const": 1}, premium=TRUTH, status=STRING),
    warnings=has(incompleteResults=TRUTH),
    language=has(
        name=STRING,
        code=STRING,
        detectedLanguage=has(
            name=STRING, code=STRING, confidence={"type": "number", "minimum": 0, "maximum": 1}, source=STRING
        ),
    ),
    matches=many(MATCH),
    sentenceRanges=many({"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}),
)


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_gets_what_it_reads(client, name):
    asked = CLIENTS[name]
    answer = ask(client, asked)
    jsonschema.validate(answer, ANSWER)
    assert answer["language"]["code"] == asked.variant
    (match,) = answer["matches"]
    units = asked.counted_in.encode("utf-16-le")
    there = units[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le")
    assert there == "lawful"
    assert [each["value"] for each in match["replacements"]] == ["unlawful"]
    assert "lawful" in match["sentence"]
    first = answer["sentenceRanges"][-2]
    assert "lawful" in units[2 * first[0] : 2 * first[1]].decode("utf-16-le")
    if "origin" in asked.headers:
        seen = client.post("/v2/check", content=asked.body.encode(), headers=asked.headers).headers
        assert seen["access-control-allow-origin"] == asked.headers["origin"]


def test_the_add_on_s_two_questions_give_each_alert_once(connect):
    """It asks for what needs the whole text, and for the rest, and shows both."""
    article = "The harbour was closed. The open harbour was full of boats. Envoys praised the lawful seizure of it."
    client = connect(desk=make_desk(ScriptedModel(), facts=[Fact("ruling", FACTS[0])]))

    def found(**fields: str) -> list[str]:
        form = {"data": json.dumps({"text": article}), "language": "auto", **fields}
        matches = client.post("/v2/check", data=form).json()["matches"]
        return [article[match["offset"] : match["offset"] + match["length"]] for match in matches]

    assert (found(mode="textLevelOnly"), found(mode="allButTextLevelOnly")) == (["open"], ["lawful"])
    assert found() == found(mode="all") == ["open", "lawful"]
    refused = client.post("/v2/check", data={"text": "a", "language": "en", "mode": "some"})
    assert (refused.status_code, refused.text.partition(" but")[0]) == (
        400,
        "Error: Mode must be one of 'textLevelOnly', 'allButTextLevelOnly', or 'all'",
    )


def test_a_short_text_is_in_a_preferred_language(client):
    text = "Der Hafen ist geschlossen, sagt er."
    asked = {"text": text, "language": "auto"}
    german = client.post("/v2/check", data=asked).json()
    assert (german["language"]["code"], german["warnings"]["incompleteResults"]) == ("de", True)
    assert german["language"]["detectedLanguage"]["confidence"] > 0.9
    english = client.post("/v2/check", data=asked | {"preferredLanguages": "en,sv"}).json()
    assert english["language"]["code"] == "en-US"
    assert "reads as de" in english["warnings"]["incompleteResultsReason"]  # answered as English, but not as checked
    both = client.post("/v2/check", data=asked | {"preferredLanguages": "en,de"}).json()
    assert both["language"]["code"] == "de"
    long = client.post("/v2/check", data=asked | {"text": f"{text} {text}", "preferredLanguages": "en"}).json()
    assert long["language"]["code"] == "de"
