"""Small files in the formats in which the public corpora are published; invented sentences."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path

__all__ = ["tar_of", "write_published", "zip_of"]

NEWSSD = 'Sentence,Label,Solved conflict\n"The ""reform"" is a farce, and it shows.",SUBJ,False\n'
NEWSSD += "The council  voted on Monday. ,OBJ,True\n"
CHECKTHAT = (
    "sentence_id\tsentence\tlabel\n"
    'a1\t"The ""reform"" is a farce."\tSUBJ\n'
    'a2\t"It is over," he said.\tOBJ\n\n'
    'a3\tHe said: "It is over."\tOBJ\r\n'
)
BABE = (
    "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words\n"
    "It rained in Tarrow.;https://a.example/1;Gazette;weather;center;Non-biased;"
    "Entirely factual;[]\n"
    '"A ""shameful"" plan; the worst.";https://a.example/2;Herald;pier;left;Biased;'
    "Expresses writer’s opinion;['shameful']\n"
    "The mayor, of all people, spoke.;https://a.example/2;Herald;pier;left;Biased;"
    "Somewhat factual but also opinionated;[]\n"
    "It hailed.;;Herald;pier;left;Biased;No agreement;[]\n"
)
BASIL = {
    "uuid": "x",
    "source": "Gazette",
    "body": [
        {"sentence-index": 1, "sentence": "The mayor spoke.", "annotations": []},
        {
            "sentence-index": 0,
            "sentence": "The mayor  ranted again.",
            "annotations": [{"txt": "ranted", "bias": "Lexical", "quote": "no"}],
        },
        {
            "sentence-index": 2,
            "sentence": '"It is a farce," she said.',
            "annotations": [
                {"txt": "farce", "bias": "Lexical", "quote": "yes"},
                {"txt": "It is", "bias": "Informational", "quote": "no"},
            ],
        },
    ],
}
MPQA_TEXT = "The caf\u00e9 shut. A shameful end!\nIt was \u201cvile\u201d, Orlan said."


def zip_of(members: dict[str, bytes]) -> bytes:
    """Return a zip archive, the same whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def tar_of(members: dict[str, bytes]) -> bytes:
    """Return a tar.gz archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def mpqa() -> bytes:
    """Return an archive of MPQA with one document of three sentences; offsets count bytes."""
    text = MPQA_TEXT.encode()
    first, second = text.index(b"A shameful"), text.index(b"It was")
    vile, said = text.index(b"\xe2\x80\x9cvile"), text.index(b"said")
    sentences = [(second, len(text)), (0, first - 1), (first, second - 1)]
    marks = [
        f'{first},{first + 10}\tstring\tGATE_expressive-subjectivity\tnested-source="w"'
        ' intensity="high"',
        f'{vile},{vile + 10}\tstring\tGATE_expressive-subjectivity\tnested-source="w, orlan"'
        ' intensity="high"',
        f'{said},{said + 4}\tstring\tGATE_direct-subjective\tintensity="low" nested-source="w"',
        '0,0\tstring\tGATE_direct-subjective\tnested-source="w" intensity="high"'
        ' insubstantial="c1"',
        '0,0\tstring\tGATE_agent\tid="w"',
        "0,3\tstring\tGATE_split",
    ]
    home = "database.mpqa.1.2"
    return tar_of(
        {
            f"{home}/docs/20010101/a-1": text,
            f"{home}/man_anns/20010101/a-1/gateman.mpqa.lre.1.2": "\n".join(
                ["# a comment", *(f"{n}\t{mark}" for n, mark in enumerate(marks))]
            ).encode(),
            f"{home}/man_anns/20010101/a-1/gatesentences.mpqa.1.2": "\n".join(
                f"{n}\t{a},{b}\tstring\tGATE_sentence\t" for n, (a, b) in enumerate(sentences)
            ).encode(),
            f"{home}/README": b"terms",
        }
    )


OPEN_VOICE = {
    "18f.gsa.gov/posts/1.md": (
        "---\ntitle: Rain\nauthors:\n- a\n---\n\n## Why\n\nRain **fell** on\n[the\npier](https://"
        "pier.example/x_(y)) &amp; stayed.<br>\nIt is a `shame`, we think.\n"
    ),
    "nakamotoinstitute.org/essays/repost.md": (
        "---\noriginal_site: Elsewhere\n---\nA reposted thought.\n"
    ),
    "nakamotoinstitute.org/essays/own.md": "An _own_ thought\\. A better one\\.\n",
    "GrimmerSenatePressReleases/raw/A/1.txt": "WASHINGTON -- The senator  spoke. He was right. ",
    "gum/dep/rain.conllu": "# text = It rained.\n1\tIt\n\n# text = It was a farce, he said.\n",
}
#: id, source, document, n, sentence as labelled, label, confidence
VOICES = [
    ("ov00000", "blog18f", "posts/1.md", 1, "Rain fell on the pier & stayed.", 0, 3),
    ("ov00001", "blog18f", "posts/1.md", 3, "It is a shame, we think.", 1, 2),
    ("ov00002", "essay", "essays/own.md", 2, "A better one\\\\.", 1, 2),
    ("ov00003", "essay", "essays/repost.md", 1, "A reposted thought.", 1, 2),
    ("ov00004", "masc-blog", "post.txt", 0, 'He said: "I don\'t care."', 0, 3),
    ("ov00005", "oped", "raw/A/1.txt", 1, "WASHINGTON -- The senator spoke.", 0, 3),
    ("ov00006", "wikinews", "dep/rain.conllu", 2, "It was a farce, he said.", 0, 3),
]
_TOKENS = "Rain_NN ._. He_PRP said_VBD :_: ``_`` I_PRP do_VBP n't_RB care_VB ._. ''_''"


def open_voice(folder: Path, labels: Path) -> None:
    """Write documents of open voice, and the labels that lie on them."""
    for path, text in OPEN_VOICE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    archive = folder / "nltk_data" / "packages" / "corpora" / "masc_tagged.zip"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(zip_of({"masc_tagged/data/written/post.txt": _TOKENS.encode()}))
    labels.parent.mkdir(parents=True, exist_ok=True)
    rows = ["id\tsource\tarticle_id\tn\tlength\tsha256\tlabel\tconfidence"]
    spaces = ["id\tlengths"]
    for id_, source, article, n, text, label, confidence in VOICES:
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        cells = (id_, source, article, n, len(text), digest, label, confidence)
        rows.append("\t".join(map(str, cells)))
        if source.startswith("masc"):
            spaces.append(f"{id_}\t{' '.join(str(len(word)) for word in text.split())}")
    labels.write_text("\n".join(rows) + "\n", encoding="utf-8")
    labels.with_name("spaces.tsv").write_text("\n".join(spaces) + "\n", encoding="utf-8")


def write_published(folder: Path) -> dict[str, bytes]:
    """Write the originals of every corpus but open voice; return them by path."""
    files = {
        **{f"newssd-eng/{split}.csv": NEWSSD.encode() for split in ("train", "val", "test")},
        **{
            f"checkthat/{year}-{split}.tsv": CHECKTHAT.encode()
            for year in (2023, 2024, 2025)
            for split in ("train", "dev", "test")
        },
        "babe/final_labels_SG2.csv": BABE.encode(),
        "basil/emnlp19-BASIL.zip": zip_of(
            {
                "emnlp19-BASIL/data/10_nyt.json": json.dumps(BASIL).encode(),
                "emnlp19-BASIL/data/2_fox.json": json.dumps(BASIL).encode(),
                "__MACOSX/._2_fox.txt": b"\0",
            }
        ),
        "mpqa/database.mpqa.1.2.tar.gz": mpqa(),
        "subj/rotten_imdb.tar.gz": tar_of(
            {
                "quote.tok.gt9.5000": "a caf\xe9 of a film , and a \x93 joy \x94 .\n".encode(
                    "latin-1"
                ),
                "plot.tok.gt9.5000": b"a mayor builds a pier .\n\na storm comes .\n",
                "subjdata.README.1.0": b"terms",
            }
        ),
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return files
