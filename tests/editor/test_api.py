"""The API: what comes back is the report, described by OpenAPI; what is wrong is said in one line."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from scripted_desk import ARTICLE, FACTS, ScriptedModel, make_desk

from checker.decisions import DecisionKind, DecisionStore
from checker.document import make_document
from checker.editor.fair_queue import FairQueue
from checker.evidence import FactStatus, FactStore, facts_from_strings
from checker.findings import Recalibration
from checker.findings.recalibration import Shift
from checker.findings.recalibration import to_json as recalibration_to_json
from checker.pipeline import Checker
from checker.report.json import to_dict
from checker.settings import Settings

CHECK = "/api/v1/check"
REQUEST = {"text": ARTICLE, "facts": FACTS}


def words(report):
    return [finding["text"] for finding in report["findings"]]


def decide(client, finding, kind, **more):
    body = {"kind": kind, "finding": finding, "sentence": "A sentence.", "article": "An article", **more}
    return client.post("/api/v1/decisions", json=body)


def test_the_report_is_that_of_the_checker(client):
    own = to_dict(Checker(predictor=ScriptedModel()).check(make_document(ARTICLE), facts=FACTS))
    got = client.post(CHECK, json=REQUEST).json()
    assert sorted(words(got)) == ["lawful", "open"]
    for key in ("schema", "document", "sentences", "skipped"):
        assert got[key] == own[key]
    assert [(f["fingerprint"], f["confidence"]) for f in got["findings"]] == [
        (f["fingerprint"], f["confidence"]) for f in own["findings"]
    ]
    assert got["headline"] == "2 alerts: 1 critical, 1 major" or got["headline"].startswith("2 alerts")


def test_the_description_is_openapi_and_describes_the_answers(client):
    described = client.get("/api/v1/openapi.json").json()
    validate(described)

    def check(value, name):
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        jsonschema.Draft202012Validator(schema).validate(value)

    report = client.post(CHECK, json=REQUEST).json()
    check(report, "CheckAnswer")
    check(decide(client, report["findings"][0], "not_an_error").json(), "DecisionShape")
    again = client.post(CHECK, json=REQUEST).json()
    assert len(again["decided"]) == 1
    check(again, "CheckAnswer")
    check(client.post("/api/v1/documents?name=a.txt", content=b"A text.").json(), "DocumentAnswer")
    check(client.post("/api/v1/sources?name=a.txt", content=b"A text.").json(), "SourceAnswer")
    check(client.post("/api/v1/facts?name=a.txt", content=b"A fact.").json(), "FactsAnswer")
    check(client.get("/api/v1/health").json(), "HealthShape")
    check(client.post(CHECK, json={}).json(), "Problem")
    with pytest.raises(jsonschema.ValidationError):
        check(report | {"unknown": 1}, "CheckAnswer")


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({}, "text: Field required"),
        ({"text": " \n"}, "empty"),
        ({"text": "A.", "colour": 1}, "colour: Extra inputs are not permitted"),
        ({"text": "A.", "facts": [""]}, "facts[0]"),
        ({"text": "A.", "facts": ["…"]}, "fact 1: the text is empty"),
        ({"text": "A.", "facts": [{"id": "f", "text": "One."}, {"id": "f", "text": "Two."}]}, "used twice"),
        ({"text": "A.", "facts": [{"text": "A.", "valid_from": "2022-02-01", "valid_until": "2021-01-01"}]}, "before"),
        ({"text": "A.", "parts": [{"kind": "body", "start": 0, "end": 9}]}, "parts[0] is 0:9"),
        ({"text": "A. B.", "parts": [{"kind": "body", "start": 0, "end": 2}]}, "in none of the parts"),
        ({"text": "A.", "units": [{"id": "u", "start": 2, "end": 1, "text": ""}]}, "units[0] is 2:1"),
        ({"text": "A.", "as_of": "yesterday"}, "as_of"),
        ({"text": "A.", "max_alerts": 0}, "max_alerts"),
        ({"text": "x" * 200_001}, "longer than 200,000"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(client, request_, said):
    answer = client.post(CHECK, json=request_)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b'{"text": "a\\ud800b"}', b"null"])
def test_bad_json_is_no_crash(client, body):
    answer = client.post(CHECK, content=body, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"content": b'{"text": "a"}'}, "header Content-Type: application/json"),
        (
            {"content": b'{"text": "a"}', "headers": {"content-type": "text/plain"}},
            "header Content-Type: application/json",
        ),
        ({"content": b'{"text":', "headers": {"content-type": "application/json"}}, "not valid JSON at character 8"),
        ({}, "the body is empty; send a JSON object"),
        ({"json": [1]}, "the body is JSON, but no object"),
        ({"json": {"text": "a", "facts": [5]}}, "facts[0]: must be a text that is not empty, or an object with 'text'"),
        ({"json": {"text": "a", "facts": ["b", ""]}}, "facts[1]: must be a text that is not empty"),
        ({"json": {"text": "a", "facts": [{}]}}, "facts[0].text: Field required"),
        ({"json": {"text": "a", "facts": [{"text": "b", "valid_from": "x"}]}}, "facts[0].valid_from: "),
    ],
)
def test_a_body_that_is_no_request_says_what_to_send(client, sent, said):
    answer = client.post(CHECK, **sent)
    assert answer.status_code == 422
    assert said in answer.json()["error"]


@pytest.mark.parametrize("path", ["documents", "sources", "facts"])
def test_a_form_is_not_taken_for_a_file(client, path):
    answer = client.post(f"/api/v1/{path}", files={"file": ("a.txt", b"The port was shut.")})
    assert answer.status_code == 415
    assert "application/octet-stream" in answer.json()["error"]


def test_an_article_in_another_language_is_not_shown_as_checked(client):
    german = "Der Hafen wurde am Montag von der Stadt geschlossen, sagte der Bürgermeister."
    report = client.post(CHECK, json={"text": german, "facts": FACTS}).json()
    assert [each["verdict"] for each in report["sentences"]] == ["not_checked"]
    assert [each["reason"] for each in report["skipped"]] == ["the text reads as de; this model reads English only"]


def test_an_internal_error_is_one_line(client, model, monkeypatch):
    def fall(pairs):
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(model, "predict", fall)
    answer = client.post(CHECK, json=REQUEST)
    assert answer.status_code == 500
    assert "roof" not in answer.text
    assert "internal error" in answer.json()["error"]


def stream(client, request):
    answer = client.post(f"{CHECK}/stream", json=request)
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def test_a_stream_ends_with_the_report_of_a_plain_check(client):
    text = "\n\n".join([ARTICLE, *(f"Port number {n} stayed shut on Monday." for n in range(60))])
    long = {"text": text, "facts": FACTS}
    events = stream(client, long)
    progress = [event for event in events if event["event"] == "progress"]
    judged = [event["judged"] for event in progress]
    assert len(judged) > 2
    assert judged == sorted(set(judged))
    assert judged[-1] < progress[-1]["total"] == 64
    assert all(len(event["sentences"]) == event["judged"] for event in progress)
    assert any(words(event) for event in progress)
    assert events[-1]["event"] == "report"
    assert events[-1]["report"] == client.post(CHECK, json=long).json()


def test_a_stream_that_fails_says_so_at_its_end(client, model, monkeypatch):
    def fall(pairs):
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(model, "predict", fall)
    last = stream(client, REQUEST)[-1]
    assert (last["event"], last["status"]) == ("problem", 500)


def test_a_stream_says_what_is_wrong_with_a_request(client):
    wrong = {"text": "A. B.", "parts": [{"kind": "body", "start": 0, "end": 2}]}
    (event,) = stream(client, wrong)
    assert (event["event"], event["status"]) == ("problem", 422)
    assert client.post(f"{CHECK}/stream", json={"text": " "}).status_code == 422


@pytest.mark.parametrize("path", [CHECK, f"{CHECK}/stream"])
def test_a_full_queue_is_a_clear_refusal(connect, model, path):
    queue = FairQueue(workers=1, most_waiting=1)
    client = connect(desk=make_desk(model, queue=queue))
    model.gate.clear()
    queue.submit("a", lambda _: model.predict([]))
    model.entered.acquire()
    queue.submit("b", lambda _: None)
    answer = client.post(path, json=REQUEST)
    model.gate.set()
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert "later" in answer.json()["error"]


def test_an_edit_asks_the_model_only_about_what_it_touches():
    from checker.nli.cache import RememberingPredictor

    model = ScriptedModel()
    checker = Checker(predictor=RememberingPredictor(model))
    article = "\n\n".join(f"Port number {n} stayed shut on Monday." for n in range(40))
    checker.check(article)
    first, model.asked = model.asked, 0
    checker.check(article.replace("number 7", "number 700"))
    assert 0 < model.asked < first / 3


def test_a_finding_that_no_report_had_is_refused(client):
    finding = client.post(CHECK, json=REQUEST).json()["findings"][0]
    finding["evidence"][0] |= {"start": 0, "end": None}
    answer = decide(client, finding, "accepted")
    assert answer.status_code == 422
    assert "as the report had it" in answer.json()["error"]


def test_a_file_that_cannot_be_used_is_the_request_s_fault(client):
    for content in (b"", b"\x89PNG\r\n\x1a\n\x00\x00"):
        assert client.post("/api/v1/facts", content=content).status_code == 422


def test_decisions_note_under_which_calibration_an_alert_was_shown(connect, model, decisions, tmp_path):
    shift = Shift(0.9, -0.1, 200, 100)
    made = Recalibration(model.weights_hash, {"fact": shift})
    (tmp_path / "n.json").write_text(json.dumps(recalibration_to_json(made)))
    desk = make_desk(model, settings=Settings(calibration=str(tmp_path / "n.json")), decisions=decisions)
    client = connect(desk=desk)
    report = client.post(CHECK, json=REQUEST).json()
    assert report["signature"]["calibration"] == made.id
    decide(client, report["findings"][0], "not_an_error")
    assert [each.calibration for each in decisions.list()] == [made.id]


def test_a_dismissed_finding_stays_away_and_can_come_back(client):
    finding = next(f for f in client.post(CHECK, json=REQUEST).json()["findings"] if f["text"] == "open")
    made = decide(client, finding, "not_an_error", by="Ada", reason="it was open")
    assert made.status_code == 201
    assert (made.json()["by"], made.json()["reason"]) == ("Ada", "it was open")
    edited = REQUEST | {"text": "A new sentence came first. " + ARTICLE}
    report = client.post(CHECK, json=edited).json()
    assert words(report) == ["lawful"]
    assert [(one["text"], one["decision"]["by"]) for one in report["decided"]] == [("open", "Ada")]
    assert edited["text"][report["decided"][0]["start"] : report["decided"][0]["end"]] == "open"
    decide(client, finding, "reopened")
    report = client.post(CHECK, json=edited).json()
    assert sorted(words(report)) == ["lawful", "open"]
    assert report["decided"] == []


def test_decisions_outlive_the_server(connect, decisions):
    first = connect(desk=make_desk(decisions=decisions))
    decide(first, first.post(CHECK, json=REQUEST).json()["findings"][0], "left_as_is")
    assert len(words(connect(desk=make_desk(decisions=decisions)).post(CHECK, json=REQUEST).json())) == 1


def test_without_a_store_a_decision_is_refused(connect):
    client = connect(desk=make_desk())
    finding = client.post(CHECK, json=REQUEST).json()["findings"][0]
    answer = decide(client, finding, "not_an_error")
    assert answer.status_code == 422
    assert "--decisions" in answer.json()["error"]


def test_a_fact_that_is_out_of_date_is_disputed_in_its_store(connect, decisions, tmp_path):
    with FactStore.open(tmp_path / "newsroom.facts") as store:
        store.add(FACTS)
        client = connect(desk=make_desk(decisions=decisions, facts=[store]))
        finding = next(f for f in client.post(CHECK, json={"text": ARTICLE}).json()["findings"] if f["text"] == "open")
        decide(client, finding, "fact_out_of_date")
        assert [fact.status for fact in store.list() if fact.text == FACTS[1]] == [FactStatus.DISPUTED]
        assert words(client.post(CHECK, json={"text": ARTICLE}).json()) == ["lawful"]
        decide(client, finding, "reopened")
        assert all(fact.status is FactStatus.ACTIVE for fact in store.list())
        for kind in ("fact_out_of_date", "reopened"):  # at once, before anything is checked again
            decide(client, finding, kind)
        assert all(fact.status is FactStatus.ACTIVE for fact in store.list())
        assert sorted(words(client.post(CHECK, json={"text": ARTICLE}).json())) == ["lawful", "open"]


def test_a_decision_of_another_program_counts_at_once(connect, decisions):
    """As `checker lsp` makes one, while the server runs with the same store."""
    server = connect(desk=make_desk(decisions=decisions))
    assert sorted(words(server.post(CHECK, json=REQUEST).json())) == ["lawful", "open"]
    with DecisionStore.open(decisions.path) as other:
        report = Checker(predictor=ScriptedModel()).check(ARTICLE, facts=FACTS)
        finding = next(each for each in report.findings if each.text == "open")
        other.decide(report, finding, DecisionKind.FACT_OUT_OF_DATE)
        old = {"text": "The open harbour was full of boats, a minister said.", "facts": FACTS}
        assert words(server.post(CHECK, json=old).json()) == []
        other.decide(report, finding, DecisionKind.REOPENED)
        assert words(server.post(CHECK, json=old).json()) == ["open"]


def test_a_given_fact_that_is_out_of_date_is_left_out_after_a_restart_too(connect, decisions):
    client = connect(desk=make_desk(decisions=decisions))
    finding = next(f for f in client.post(CHECK, json=REQUEST).json()["findings"] if f["text"] == "open")
    decide(client, finding, "fact_out_of_date")
    other = REQUEST | {"text": "The open harbour was full of boats, a minister said."}
    assert words(client.post(CHECK, json=other).json()) == []
    assert words(connect(desk=make_desk(decisions=decisions)).post(CHECK, json=other).json()) == []


@pytest.mark.parametrize("kept_in", ["request", "file", "store"])
def test_what_rested_on_an_old_fact_is_named_and_can_come_back(connect, decisions, tmp_path, kept_in):
    with FactStore.open(tmp_path / "newsroom.facts") as store:
        store.add(FACTS)
        facts = {"request": (), "file": facts_from_strings(FACTS), "store": [store]}[kept_in]
        asked = REQUEST if kept_in == "request" else {"text": ARTICLE}
        for number in range(2):  # the second time after a restart
            client = connect(desk=make_desk(decisions=decisions, facts=facts))
            if not number:
                finding = next(f for f in client.post(CHECK, json=asked).json()["findings"] if f["text"] == "open")
                decide(client, finding, "fact_out_of_date", by="Ada")
            report = client.post(CHECK, json=asked).json()
            assert words(report) == ["lawful"]
            (hidden,) = report["decided"]
            assert (hidden["text"], hidden["fingerprint"]) == ("open", finding["fingerprint"])
            assert (hidden["decision"]["kind"], hidden["decision"]["by"]) == ("fact_out_of_date", "Ada")
            assert [piece["text"] for piece in hidden["evidence"]] == [FACTS[1]]
        assert stream(client, asked)[-1]["report"]["decided"] == report["decided"]
        other = client.post(CHECK, json={**asked, "text": "The harbour was full of boats. It was open."}).json()
        assert other["decided"] == []
        decide(client, finding, "reopened")
        again = client.post(CHECK, json=asked).json()
        assert (sorted(words(again)), again["decided"]) == (["lawful", "open"], [])


def test_files_are_read(client):
    page = b"<!doctype html><title>Ship</title><h1>Ship</h1><p>Envoys praised the lawful seizure of the ship.</p>"
    document = client.post("/api/v1/documents?name=ship.html", content=page).json()
    assert document["format"] == "html"
    assert "lawful seizure" in document["text"]
    again = {key: document[key] for key in ("text", "title", "parts", "units")} | {"facts": FACTS}
    assert words(client.post(CHECK, json=again).json()) == ["lawful"]
    bad = client.post("/api/v1/documents?name=x.pdf", content=b"%PDF-1.7 and so on")
    assert bad.status_code == 422
    assert "PDF" in bad.json()["error"]


def test_bitext_brings_its_original_along(client):
    xliff = (
        b'<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
        b'source-language="en" target-language="en" datatype="plaintext"><body><trans-unit id="1">'
        b"<source>The harbour was closed.</source><target>The open harbour was full.</target></trans-unit></body>"
        b"</file></xliff>"
    )
    document = client.post("/api/v1/documents?name=a.xlf", content=xliff).json()
    assert [unit["text"] for unit in document["units"]] == ["The harbour was closed."]
    again = {key: document[key] for key in ("text", "parts", "units", "source_language")}
    (finding,) = client.post(CHECK, json=again).json()["findings"]
    assert (finding["text"], finding["evidence"][0]["kind"]) == ("open", "source")


def test_a_source_is_read_by_its_original_side(client):
    bitext = b"source,target\r\nThe harbour was closed.,The open harbour was full.\r\nA second.,\r\n"
    source = client.post("/api/v1/sources?name=a.csv", content=bitext).json()
    assert source["source"] == "The harbour was closed.\n\nA second."
    assert [part["kind"] for part in source["source_parts"]] == ["unit", "unit"]
    assert "the original side was read, 2 units" in source["notes"][0]
    plain = client.post(
        "/api/v1/sources?name=a.html", content=b"<!doctype html><h1>The ship</h1><p>It was shut on Monday.</p>"
    ).json()
    assert [part["kind"] for part in plain["source_parts"]] == ["headline", "body"]
    given = {key: source[key] for key in ("source", "source_language", "source_parts")}
    (finding,) = client.post(CHECK, json={"text": "The open harbour was full.", **given}).json()["findings"]
    assert (finding["text"], finding["evidence"][0]["kind"]) == ("open", "source")
    cut = client.post(
        CHECK, json={"text": "A.", "source": "B. C.", "source_parts": [{**source["source_parts"][0], "end": 2}]}
    )
    assert "in none of the source_parts" in cut.json()["error"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "..", "a\x00b", "…/ä b.txt", "x" * 300])
def test_a_file_s_name_leads_nowhere(client, name):
    answer = client.post("/api/v1/facts", params={"name": name}, content=b"The harbour was closed.\n# no fact\n")
    assert answer.status_code == 200
    assert [fact["text"] for fact in answer.json()["facts"]] == ["The harbour was closed."]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_any_text_gives_a_report_whose_places_are_in_it(client, text):
    answer = client.post(CHECK, json={"text": text, "facts": FACTS})
    assert answer.status_code in (200, 422)
    for finding in answer.json().get("findings", ()):
        assert text[finding["start"] : finding["end"]] == finding["text"]
