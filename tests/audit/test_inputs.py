"""What can be given: each kind of input, what it is called, and what is said of bad ones."""

import csv
import gzip
import io
import json
import os
import tarfile
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from checker.audit import archives, table_rows
from checker.audit.columns import ColumnNames, parse_columns
from checker.audit.inputs import Inputs
from checker.audit.naming import Naming
from checker.audit.selecting import Choice, parse_shard
from checker.document import AlignedSource
from checker.errors import UnreadableFileError, UsageError
from checker.readers.files import LARGEST_FILE

TEXT = "The council met on Friday. It opened the harbour."


def inputs(*given, match=None, source=None, **columns):
    return Inputs(tuple(map(str, given)), Naming(match, source), ColumnNames(columns), "en")


def paths(folder, *given, **more):
    return [item.path.removeprefix(f"{folder}/") for item in inputs(*given, **more).items()]


def read_all(*given, **more):
    """The articles, and the messages of those that cannot be read."""
    articles = []
    for item in inputs(*given, **more).items():
        try:
            articles.append(item.read())
        except UnreadableFileError as error:
            articles.append(str(error))
    return articles


def write(path, content=TEXT):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def test_folders_by_name_globs_and_files_as_given(tmp_path):
    for name in ("b.txt", "a/2.txt", "a/1.txt", "a/.hidden", ".git/config"):
        write(tmp_path / name)
    assert paths(tmp_path, tmp_path) == ["a/1.txt", "a/2.txt", "b.txt"]
    assert paths(tmp_path, tmp_path / "b.txt", tmp_path / "a" / "*.txt") == ["b.txt", "a/1.txt", "a/2.txt"]
    assert paths(tmp_path, tmp_path / "**" / "1.*") == ["a/1.txt"]
    with pytest.raises(UsageError, match="no file matches"):
        paths(tmp_path, tmp_path / "*.xml")


def test_a_missing_file_is_an_item_that_says_so(tmp_path):
    (message,) = read_all(tmp_path / "gone.txt")
    assert "no such file" in message


def test_standard_input_is_refused():
    with pytest.raises(UsageError, match="standard input"):
        inputs("-")


def test_names_tell_labels_and_sources(tmp_path):
    write(tmp_path / "efe" / "deepl" / "1.en.txt")
    write(tmp_path / "efe" / "deepl" / "1.es.txt", "El consejo se reunió el viernes. Abrió el puerto nuevo.")
    write(tmp_path / "efe" / "deepl" / "2.en.txt", "The mayor spoke.")
    first, second = read_all(tmp_path, match="{agency}/{engine}/{base}.en.txt", source="{base}.es.txt")
    assert (first.labels.agency, first.labels.engine) == ("efe", "deepl")
    assert first.source.language == "es"
    assert second.source is None
    (skipped,) = second.skipped
    assert "no such file" in skipped.reason


@pytest.mark.parametrize(
    ("match", "source", "said"),
    [
        ("{base}.txt", "{other}.txt", r"names \{other\}"),
        ("{a}-{a}.txt", None, "each field once"),
        ("", None, "empty"),
        ("{agency", None, "a brace stands alone"),
        ("agency}.txt", None, "a brace stands alone"),
        ("{a b}.txt", None, "a brace stands alone"),
        ("{base}.txt", "{base.es.txt", "--source .* a brace stands alone"),
    ],
)
def test_patterns_that_cannot_be(match, source, said):
    with pytest.raises(UsageError, match=said):
        Naming(match, source)


@pytest.mark.parametrize(
    ("pattern", "path", "fields"),
    [
        ("*.txt", "in/a.txt", {}),
        ("*.txt", "in/a.xml", None),
        ("{desk}/?.txt", "in/sport/1.txt", {"desk": "sport"}),
        ("{desk}/?.txt", "1.txt", None),
        ("{base}.en.txt", "in/x.y.en.txt", {"base": "x.y"}),
        ("a+b.txt", "aab.txt", None),
    ],
)
def test_patterns(pattern, path, fields):
    assert Naming(pattern).fields_of(path) == fields


def make_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def make_tar(path, members):
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mtime = 1_700_000_000
            archive.addfile(entry, io.BytesIO(content.encode()))
    return path


def test_members_of_archives(tmp_path):
    members = {"wire/b.txt": TEXT, "wire/a.en.txt": TEXT, "wire/a.es.txt": "El consejo.", "__MACOSX/x.txt": "junk"}
    packed = make_zip(tmp_path / "wire.zip", members)
    (article,) = read_all(packed, match="{base}.en.txt", source="{base}.es.txt")
    assert article.document.path == f"{packed}!wire/a.en.txt"
    assert article.source.text == "El consejo."
    (article,) = read_all(make_tar(tmp_path / "wire.tgz", members), match="{base}.en.txt", source="{base}.es.txt")
    assert "ZIP" in article.skipped[0].reason
    assert len(read_all(packed)) == 3


def test_bad_archives_are_items_that_say_so(tmp_path):
    (message,) = read_all(write(tmp_path / "bad.zip", "no archive"))
    assert "damaged" in message
    (message,) = read_all(write(tmp_path / "bad.tar", "no archive"))
    assert "damaged" in message
    inner = make_zip(tmp_path / "inner.zip", {"a.txt": TEXT}).read_bytes()
    (message,) = read_all(make_zip(tmp_path / "outer.zip", {"inner.zip": inner}))
    assert "zip archive" in message


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "ALWAYS_ALLOWED", 10_000)
    monkeypatch.setattr(archives, "LARGEST_RATIO", 2)
    bomb = {f"{number}.txt": "a " * 4_000 for number in range(5)}
    for packed in (make_zip(tmp_path / "bomb.zip", bomb), make_tar(tmp_path / "bomb.tar.gz", bomb)):
        read = read_all(packed, match="*.txt")
        assert not isinstance(read[0], str)
        assert "unpacks to more" in read[-1]


def jsonl(*rows):
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)


def test_rows_of_json_lines(tmp_path):
    table = write(
        tmp_path / "wire.jsonl",
        jsonl(
            {"id": "n1", "body": TEXT, "Headline": "Harbour", "date": "2022-05-23", "MT Engine": "deepl", "desk": "x"},
            "\n",
            "{broken\n",
            {"id": "n2", "body": "", "date": None},
            {"id": "n3", "body": "One sentence.", "source": "Una frase.", "source_language": "es"},
            {"nothing": 1},
        ),
    )
    read = read_all(table)
    first, broken, empty, single, strange = read
    assert (first.document.id, first.document.title, first.labels.engine) == ("n1", "Harbour", "deepl")
    assert first.document.published == datetime(2022, 5, 23)
    assert first.document.path == f"{table}#1"
    assert "line 3" in broken
    assert "no text" in empty
    assert isinstance(single.source, AlignedSource)
    assert single.source.language == "es"
    assert strange == f"{table}#6: this row has no text; there is nothing to check"
    assert [item.id for item in inputs(table).items()] == ["n1", "", "n2", "n3", ""]


def test_a_row_without_text_keeps_its_id_and_costs_itself_alone(tmp_path):
    rows = [
        {"id": "first"},
        {"id": "n1", "text": TEXT},
        {"id": "later"},
        {"id": "nul", "text": None},
        {"id": "", "x": 1},
    ]
    table = write(tmp_path / "wire.jsonl", jsonl(*rows, '{"id": "nan", "text": NaN}\n'))
    first, article, *others = read_all(table)
    assert first.endswith("line 1: this row has no text among id; if one of these is it, say --column text=NAME")
    assert article.document.text == TEXT
    assert [each.partition(": ")[2] for each in others] == ["this row has no text; there is nothing to check"] * 4
    assert [item.id for item in inputs(table).items()] == ["first", "n1", "later", "nul", "", "nan"]


def test_a_row_may_lack_a_named_column_that_others_have(tmp_path):
    table = write(tmp_path / "wire.jsonl", jsonl({"x": TEXT}, {"x": TEXT, "y": "El consejo. Abrió."}, {"x": TEXT}))
    named = Inputs((str(table),), Naming(), ColumnNames({"text": "x", "source": "y"}), "en")
    first, second, third = named.items()
    with pytest.raises(UnreadableFileError, match="line 1: no column 'y'; there are x"):
        first.read()
    assert second.read().source.text == "El consejo. Abrió."
    assert third.read().source is None


def test_a_row_without_text_does_not_part_its_document(tmp_path):
    rows = [{"document": "a", "text": "The council met."}, {"document": "a"}, {"document": "a", "text": "It opened."}]
    (article,) = read_all(write(tmp_path / "wire.jsonl", jsonl(*rows)))
    assert len(article.document.sentences) == 2


@pytest.mark.parametrize("field", ["text", "source"])
@pytest.mark.parametrize(
    ("value", "kind"), [(5, "a number"), (0.5, "a number"), (True, "true or false"), (["a"], "a list"), ({}, "a map")]
)
def test_what_is_no_string_is_neither_text_nor_original(tmp_path, field, value, kind):
    table = write(tmp_path / "wire.jsonl", jsonl({"id": "n1", "text": TEXT, field: value}, {"text": TEXT}))
    message, article = read_all(table)
    assert message == f"{table}#1: the {field} is {kind}; give a string"
    assert article.document.text == TEXT
    assert next(iter(inputs(table).items())).id == "n1"
    (message,) = read_all(write(tmp_path / "units.jsonl", jsonl({"document": "a", "text": TEXT, field: value})))
    assert message.endswith(f"the {field} is {kind}; give a string")


def test_labels_are_plain_text_or_none(tmp_path):
    engines = [7, 4.5, ["a", "b"], {"name": "a"}, True, None, float("nan")]
    rows = jsonl(*({"text": TEXT, "source": float("nan"), "engine": engine} for engine in engines))
    articles = read_all(write(tmp_path / "wire.jsonl", rows))
    assert [article.labels.engine for article in articles] == ["7", "4.5", None, None, None, None, None]
    assert [article.document.notes for article in articles] == [
        *((), ()),
        ("engine is a list, no plain text; it was left out",),
        ("engine is a map, no plain text; it was left out",),
        ("engine is true or false, no plain text; it was left out",),
        *((), ()),
    ]
    assert all(article.source is None for article in articles)


def test_columns_as_named(tmp_path):
    table = write(tmp_path / "wire.jsonl", jsonl({"x": TEXT, "y": "El consejo. Abrió.", "text": "no"}))
    named = Inputs((str(table),), Naming(), ColumnNames({"text": "x", "source": "y"}), "en")
    (article,) = (item.read() for item in named.items())
    assert article.document.text == TEXT
    assert article.source.text == "El consejo. Abrió."
    (message,) = read_all(table, text="z")
    assert "no column 'z'" in message
    assert parse_columns(["text=my body"]).named == {"text": "my body"}
    for given, said in (("text", "FIELD=NAME"), ("colour=x", "no field")):
        with pytest.raises(UsageError, match=said):
            parse_columns([given])


def test_rows_of_one_document_are_one_article(tmp_path):
    rows = [
        {"document": "a", "target": "The council met.", "source": "El consejo se reunió."},
        {"document": "a", "target": "It opened the harbour.", "source": "Abrió el puerto."},
        {"document": "b", "target": "The mayor spoke.", "source": "Habló el alcalde."},
    ]
    packed = write(tmp_path / "bitext.jsonl.gz", gzip.compress(jsonl(*rows).encode()))
    first, second = read_all(packed)
    assert (first.document.id, len(first.document.sentences), len(first.source.units)) == ("a", 2, 2)
    assert second.document.path == f"{packed}#3"


def test_parquet_says_the_same_as_json_lines(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = [{"body": f"{TEXT} It is day {number}.", "published": datetime(2022, 5, 23)} for number in range(3)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "wire.parquet")
    write(tmp_path / "wire.jsonl", jsonl(*[row | {"published": "2022-05-23"} for row in rows]))
    from_parquet, from_lines = read_all(tmp_path / "wire.parquet"), read_all(tmp_path / "wire.jsonl")
    assert [a.document.text for a in from_parquet] == [a.document.text for a in from_lines]
    assert [a.document.published for a in from_parquet] == [a.document.published for a in from_lines]
    (message,) = read_all(write(tmp_path / "bad.parquet", "no table"))
    assert "damaged Parquet" in message


def test_an_endless_line_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(table_rows, "LARGEST_LINE", 100)
    first, message = read_all(write(tmp_path / "wire.jsonl", jsonl({"text": "Short."}, "x" * 1_000)))
    assert first.document.text == "Short."
    assert "longer than" in message


def test_shards_and_choices_that_cannot_be():
    assert parse_shard("2/4") == (2, 4)
    for given in ("2", "a/b", "2-4"):
        with pytest.raises(UsageError, match="I/N"):
            parse_shard(given)
    for choice, said in (({"shard": (5, 4)}, "does not exist"), ({"limit": 0}, "--limit"), ({"sample": 0}, "--sample")):
        with pytest.raises(UsageError, match=said):
            Choice(**choice)


def test_each_item_of_a_feed_and_each_file_in_a_message_is_an_item(tmp_path):
    items = "".join(f"<item><title>Harbour {n}</title><description>{TEXT}</description></item>" for n in (1, 2))
    write(tmp_path / "a.xml", f"<rss><channel>{items}<item><link>x</link></item></channel></rss>")
    header = "From: a@example.org\nTo: b@example.org\nDate: Tue, 05 Mar 2024 08:15:00 +0100\n\n"
    write(tmp_path / "b.eml", header + TEXT)
    write(tmp_path / "c.txt")
    assert paths(tmp_path, tmp_path) == ["a.xml#1", "a.xml#2", "a.xml#3", "b.eml", "c.txt"]
    first, second, message, mail, _ = read_all(tmp_path)
    assert (first.document.title, second.document.path) == ("Harbour 1", f"{tmp_path}/a.xml#2")
    assert message.endswith("a.xml#3: this item of the feed holds no text; open the page that it leads to")
    assert mail.document.published.year == 2024
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(tmp_path / "b.eml", "b.eml")
        archive.write(tmp_path / "a.xml", "a.rss")
    assert paths(tmp_path, tmp_path / "all.zip") == [f"all.zip!{n}" for n in ("a.rss#1", "a.rss#2", "a.rss#3", "b.eml")]


def test_a_feed_takes_labels_from_its_name_and_says_that_its_original_was_not_used(tmp_path):
    item = f"<item><title>Harbour</title><description>{TEXT}</description></item>"
    write(tmp_path / "efe" / "a.en.xml", f"<rss><channel>{item}{item}</channel></rss>")
    articles = read_all(tmp_path, match="{agency}/{base}.en.xml", source="{base}.es.xml")
    assert [article.labels.agency for article in articles] == ["efe", "efe"]
    assert all("holds several articles" in article.skipped[0].reason for article in articles)


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.jsonl", "pipe.zip"])
def test_a_pipe_in_a_folder_is_an_item_that_says_so(tmp_path, name):
    os.mkfifo(tmp_path / name)
    write(tmp_path / "z.txt")
    message, article = read_all(tmp_path)
    assert message.startswith(f"{tmp_path / name}: no regular file")
    assert article.document.text == TEXT
    assert paths(tmp_path, tmp_path, match="z*") == ["z.txt"]


def test_an_original_that_is_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.es.txt")
    write(tmp_path / "a.en.txt")
    (article,) = read_all(tmp_path, match="{base}.en.txt", source="{base}.es.txt")
    assert "no regular file" in article.skipped[0].reason


def test_what_is_in_the_output_is_left_out(tmp_path, monkeypatch):
    for name in ("a.txt", "in/b.txt", "out/index.html", "out/findings/part-00000.parquet"):
        write(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for given, output in ((tmp_path, tmp_path / "out"), (".", "out"), ("../" + tmp_path.name, "in/../out")):
        items = [item.path for item in inputs(given).items(Path(output))]
        assert [Path(each).name for each in items] == ["a.txt", "b.txt"]
    assert [item.path for item in inputs("**/*.*").items(Path("out"))] == ["a.txt", "in/b.txt"]
    assert [item.path for item in inputs("in").items(Path("."))] == ["in/b.txt"]
    with pytest.raises(UsageError, match="a folder of its own"):
        inputs(".").refuse_impossible(tmp_path)


def csv_text(*rows, delimiter=","):
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows(rows)
    return table.getvalue()


@pytest.mark.parametrize(
    ("name", "delimiter", "mark"), [("wire.csv", ",", ""), ("wire.csv", ";", "\ufeff"), ("wire.tsv", "\t", "")]
)
def test_csv_says_the_same_as_json_lines(tmp_path, name, delimiter, mark):
    rows = [
        {"id": "n1", "body": f'{TEXT}\n\nIt is “day 1”, said "A; B, C".', "Headline": "Harbour", "date": "2022-05-23"},
        {"id": "n2", "body": "One sentence.", "source": "Una frase.", "source_language": "es", "desk": "x"},
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name, "") for name in names] for row in rows]
    table = write(tmp_path / name, mark + csv_text(names, *cells, delimiter=delimiter))
    lines = write(tmp_path / "wire.jsonl", jsonl(*rows))
    packed = write(tmp_path / f"{name}.gz", gzip.compress(table.read_bytes()))
    for path in (table, packed):
        first, second = read_all(path)
        assert first.document.path == f"{path}#1"
        for article, other in zip((first, second), read_all(lines), strict=True):
            assert article.document.text == other.document.text
            assert (article.document.id, article.document.title) == (other.document.id, other.document.title)
            assert (article.document.published, article.labels) == (other.document.published, other.labels)
        assert second.source.units[0].text == "Una frase."


def test_broken_rows_of_a_csv_cost_themselves_alone(tmp_path):
    lines = (
        b"id,text\n",
        b'1,"The council\nmet."\n',
        b"2,\n",
        b"3,The council, it met.\n",
        b"4\n",
        b'5,"He said "yes" to it."\n',
        b"6,Caf\xe9s opened.\n",
        b"\n",
        b"7,The ferry is late.,,\n",
        b'8,"The rest is lost\n',
        b"9,and this.\n",
    )
    first, empty, long, short, quotes, latin, good, lost = read_all(write(tmp_path / "wire.csv", b"".join(lines)))
    assert first.document.text == "The council\nmet."
    assert empty.startswith(f"{tmp_path}/wire.csv#2: this row has no text")
    assert "line 5: 3 cells, but 2 columns are named; put cells" in long
    assert "line 6: 1 cells" in short
    assert "line 7: ',' expected after '\"'; write a quote within a cell twice" in quotes
    assert "line 8 is not UTF-8; save the table" in latin
    assert (good.document.text, good.document.id) == ("The ferry is late.", "7")
    assert "line 11: unexpected end of data" in lost


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the first row is empty; it has to name the columns"),
        ("a,b\n1,2\n", "no column for the text among a, b; say --column text=NAME"),
        ("a,text\n".encode("utf-16"), "this table is not UTF-8"),
        ('a,"text\n1,2\n', "the first row cannot be read"),
    ],
)
def test_a_csv_without_its_columns_is_an_item_that_says_so(tmp_path, content, said):
    (message,) = read_all(write(tmp_path / "wire.csv", content))
    assert said in message
    assert message.count("wire.csv") == 1


def test_columns_of_a_csv_as_named(tmp_path):
    table = write(tmp_path / "wire.csv", csv_text(["x", "text", "y"], [TEXT, "no", "El consejo."]))
    named = Inputs((str(table),), Naming(), ColumnNames({"text": "x", "source": "y"}), "en")
    (article,) = (item.read() for item in named.items())
    assert (article.document.text, article.source.text) == (TEXT, "El consejo.")
    (message,) = read_all(table, text="z")
    assert "no column 'z'; there are x, text, y" in message


def test_an_article_longer_than_csv_has_cells_by_default(tmp_path):
    (article,) = read_all(write(tmp_path / "wire.csv", csv_text(["text"], ["The council met. " * 10_000])))
    assert len(article.document.sentences) == 10_000


@pytest.mark.parametrize("pack", [make_zip, make_tar])
def test_tables_in_archives_are_tables(tmp_path, pack):
    members = {
        "a.csv": csv_text(["id", "text"], ["n1", TEXT], ["n2", "The mayor spoke."]),
        "b/c.jsonl": jsonl({"id": "n3", "text": TEXT}, "{broken\n"),
        "d.txt": "The ferry is late.",
    }
    packed = pack(tmp_path / ("wire.zip" if pack is make_zip else "wire.tgz"), members)
    *articles, broken, text = read_all(packed)
    assert [article.document.id for article in articles] == ["n1", "n2", "n3"]
    assert articles[1].document.path == f"{packed}!a.csv#2"
    assert broken.startswith(f"{packed}!b/c.jsonl: line 2 is no JSON")
    assert text.document.text == "The ferry is late."
    assert [each.split("!")[1] for each in paths(tmp_path, packed, match="*.jsonl")] == ["b/c.jsonl#1", "b/c.jsonl#2"]


def test_parquet_in_an_archive_is_a_table(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    written = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([{"text": TEXT}, {"text": "The mayor spoke."}]), written)
    packed = make_zip(tmp_path / "wire.zip", {"a.parquet": written.getvalue()})
    assert [article.document.text for article in read_all(packed)] == [TEXT, "The mayor spoke."]


def test_a_table_in_an_archive_may_be_large_and_is_no_bomb(tmp_path, monkeypatch):
    rows = jsonl(*[{"text": f"The council met on day {number}. " * 300} for number in range(700)])
    packed = make_zip(tmp_path / "wire.zip", {"a.jsonl": rows})
    assert len(rows) > LARGEST_FILE
    assert all(not isinstance(each, str) for each in read_all(packed))
    monkeypatch.setattr(archives, "ALWAYS_ALLOWED", 10_000)
    monkeypatch.setattr(archives, "LARGEST_RATIO", 2)
    assert "unpacks to more" in read_all(packed)[-1]


def test_a_damaged_table_in_an_archive_says_so_once(tmp_path):
    packed = make_zip(
        tmp_path / "wire.zip", {"a.jsonl": jsonl(*[{"text": f"Day {n}, {n * n}."} for n in range(9_999)])}
    )
    content = bytearray(packed.read_bytes())
    content[30_000:30_100] = bytes(100)
    packed.write_bytes(content)
    *articles, message = read_all(packed)
    assert articles
    assert "damaged" in message
    assert message.count("wire.zip") == 1


def test_tables_are_named_as_match_says_unless_they_are_given(tmp_path):
    for name in ("meta.csv", "wire.en.csv"):
        write(tmp_path / "in" / name, csv_text(["text"], [TEXT]))
    assert paths(tmp_path, tmp_path / "in", match="*.en.csv") == ["in/wire.en.csv#1"]
    assert paths(tmp_path, tmp_path / "in" / "meta.csv", match="*.en.csv") == ["in/meta.csv#1"]


@pytest.mark.parametrize(
    ("name", "used"), [("a.txt", False), ("a.csv", True), ("a.jsonl.gz", True), ("a.zip", False), ("b.zip", True)]
)
def test_columns_that_nothing_could_have_are_refused(tmp_path, name, used):
    if name.endswith(".zip"):
        make_zip(tmp_path / name, {"a.txt" if name == "a.zip" else "c/b.csv": TEXT})
    else:
        write(tmp_path / name)
    given = inputs(tmp_path, text="body")
    if used:
        given.refuse_impossible(tmp_path / "out")
    else:
        with pytest.raises(UsageError, match="no input is one"):
            given.refuse_impossible(tmp_path / "out")
    inputs(tmp_path).refuse_impossible(tmp_path / "out")


def test_values_that_say_nothing_are_noted(tmp_path):
    rows = [
        {"text": TEXT, "published": "yesterday", "language": "klingon"},
        {"text": TEXT, "published": "2024-05-01", "language": "en-GB"},
        {"text": TEXT, "published": None, "language": ""},
        {"document": "a", "text": TEXT, "published": 5},
    ]
    table = write(tmp_path / "wire.jsonl", jsonl(*rows))
    given = Inputs((str(table),), Naming(), ColumnNames({}))
    first, second, third, grouped = (item.read().document for item in given.items())
    day, language = first.notes
    assert day == "published is 'yesterday', which is no date such as 2024-05-01; it was left out"
    assert language.startswith("language is 'klingon', which is no code such as en")
    assert (first.language, first.published) == ("en", None)
    assert (second.notes, third.notes) == ((), ())
    assert "published is '5'" in grouped.notes[0]
    assert [len(each.document.notes) for each in read_all(table)] == [1, 0, 0, 1]  # told which language it is


def test_a_day_in_a_name_that_is_none_is_noted(tmp_path):
    write(tmp_path / "monday-a.txt")
    write(tmp_path / "2024-05-01-b.txt")
    dated, other = read_all(tmp_path, match="{published}-?.txt")
    assert (dated.document.notes, dated.document.published) == ((), datetime(2024, 5, 1))
    assert "published is 'monday'" in other.document.notes[0]
