"""The Word reader: paragraphs and their places; nothing that is deleted, a comment or hidden."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_up import articles, check

from framing.analysis import analyze
from framing.errors import ReadError
from framing.readers import open_document
from framing.readers.docx import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body: str, **parts: str) -> bytes:
    """A Word document made by hand of the body's XML and of further parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return data.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def saved(document: docx.document.Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_an_article_written_by_a_library() -> None:
    made = docx.Document()
    made.add_heading("Storm hits the port", 1)
    made.add_paragraph("By Jane Roe")
    paragraph = made.add_paragraph("It was ")
    paragraph.add_run("very").bold = True
    paragraph.add_run(" wet. The mayor spoke.")
    made.add_paragraph("")
    made.add_paragraph("We must go now. Help!", style="Quote")
    made.add_paragraph("One", style="List Bullet")
    made.add_paragraph("The pier on Monday", style="Caption")
    made.add_table(1, 2).rows[0].cells[1].text = "Cell"
    document = read(saved(made), "storm.docx")
    check(document)
    assert document.format == "docx"
    assert [(s.line, s.column, s.kind, s.text) for s in document] == [
        (1, 1, "headline", "Storm hits the port"),
        (2, 1, "byline", "By Jane Roe"),
        (3, 1, "prose", "It was very wet."),
        (3, 18, "prose", "The mayor spoke."),
        (5, 1, "prose", "We must go now."),
        (5, 17, "prose", "Help!"),
        (6, 1, "list item", "One"),
        (7, 1, "caption", "The pier on Monday"),
        (9, 1, "list item", "Cell"),
    ]
    assert [s.text for s in document if s.voices] == ["We must go now.", "Help!"]


def test_what_was_changed_and_remarked() -> None:
    comments = (
        f'<w:comments {W}><w:comment w:id="7" w:author="Ed"><w:p><w:r><w:t>framing: ignore[FR001]'
        "</w:t></w:r></w:p></w:comment></w:comments>"
    )
    body = (
        "<w:p>"
        + run("It rained. ")
        + '<w:del w:id="1"><w:r><w:delText>Never.</w:delText></w:r></w:del>'
        + '<w:ins w:id="2">' + run("It ") + "</w:ins>"
        + '<w:moveFrom w:id="3">' + run("moved ") + "</w:moveFrom>"
        + '<w:commentRangeStart w:id="7"/>' + run("poured") + '<w:commentRangeEnd w:id="7"/>'
        + run(" secret", "<w:rPr><w:vanish/></w:rPr>")
        + run(" shown", '<w:rPr><w:vanish w:val="0"/></w:rPr>')
        + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        + '<w:hyperlink>' + run(" here") + "</w:hyperlink>" + run(".") + "</w:p>"
    )  # fmt: skip
    document = read(package(body, comments=comments))
    assert document.source == "It rained. It poured shown here.\n"
    assert [s.text for s in document] == ["It rained.", "It poured shown here."]
    ((start, end, text),) = document.comments
    assert (document.source[start:][:6], end, text) == ("poured", start, "framing: ignore[FR001]")


def test_breaks_do_not_shift_the_places() -> None:
    body = (
        f"<w:p><w:r><w:t>Storm hits port</w:t><w:br/><w:t>It rained.</w:t></w:r></w:p>"
        f"<w:p>{run('It’s 😀 wet')}<w:r><w:tab/></w:r>{run('now.')}</w:p>"
    )
    document = read(package(body))
    assert [(s.line, s.column, s.text) for s in document] == [
        (1, 1, "Storm hits port"),
        (1, 17, "It rained."),
        (2, 1, "It’s 😀 wet\tnow."),
    ]


def test_styles_are_known_by_their_english_names() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Mein"><w:name w:val="Mein"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>' + run("Is it wet now?") + "</w:p>"
    body = styled.format("Mein") + styled.format("A")
    assert [s.kind for s in read(package(body, styles=styles))] == ["headline", "prose"]


def test_lists_and_outline_levels() -> None:
    body = (
        f"<w:p><w:pPr><w:numPr/></w:pPr>{run('One is here.')}</w:p>"
        f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("Is it wet now?")}</w:p>'
        f'<w:p><w:pPr><w:outlineLvl w:val="9"/></w:pPr>{run("Is it wet now?")}</w:p>'
    )
    assert [s.kind for s in read(package(body))] == ["list item", "headline", "prose"]


TEXTS = st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=30), max_size=5)


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_the_text_of_python_docx(texts: list[str]) -> None:
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    data = saved(made)
    source = read(data).source
    assert source.splitlines() == [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


def test_verdicts_are_those_on_plain_text(tmp_path: Path) -> None:
    for article in list(articles().values())[:20]:
        texts = [text for _, text in article]
        made = docx.Document()
        for text in texts:
            paragraph = made.add_paragraph()
            for part in re.split(r"(?<= )", text):
                paragraph.add_run(part).italic = part.startswith("“")
        path = tmp_path / "a.docx"
        path.write_bytes(saved(made))
        assert [(v.sentence.text, v.probability) for v in analyze(path)] == [
            (v.sentence.text, v.probability) for v in analyze("\n\n".join(texts))
        ]


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def zipped(name: str, text: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no Word document, or a damaged one"),
        (b"It rained.", "no Word document, or a damaged one"),
        (package("")[:-40], "no Word document, or a damaged one"),
        (zipped("mimetype", b"x"), r"no Word document \(word/document.xml is missing\)"),
        (zipped("word/document.xml", b"<a><b></a>"), "damaged XML: mismatched tag"),
        (zipped("word/document.xml", BOMB.encode()), "declares a document type"),
        (zipped("word/document.xml", b" " * 70_000_000), "expands to more than 64 MB; not read"),
        (package("<w:p>" * 300 + "</w:p>" * 300), "nested more than 256 deep"),
    ],
)
def test_what_is_no_word_document(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=f"draft.docx: .*{message}"):
        open_document(data, "draft.docx")


@pytest.mark.parametrize("at", [10, 26, 28, 40, 60, -20, -10, -8, -6, -5, -4, -3, -2, -1])
@pytest.mark.parametrize("value", [0, 1, 14, 63, 255])
def test_a_damaged_archive_is_refused_or_read(at: int, value: int) -> None:
    """Offsets before the file's beginning, found by the fuzzer, are no traceback."""
    data = bytearray(zipped("word/document.xml", b"<a>It rained.</a>"))
    data[at] = value
    with contextlib.suppress(ReadError):
        read(bytes(data))


def test_a_part_before_the_beginning() -> None:
    """The fuzzer's crash: a directory that starts later than it says."""
    data = zipped("word/document.xml", b"<a>It rained.</a>")
    name = data.index(b"word/document.xml")
    with pytest.raises(ReadError, match="damaged"):
        read(data[:name] + data[name + 31 :])
