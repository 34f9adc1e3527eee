"""The reader of reStructuredText."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_up import check, seems_linear

from framing.readers.rst import read

ARTICLE = """\
Storm *hits*
============

:genre: opinion
:date: 2024

It was *very* **wet** in `Port Halest <http://example.org>`_ and ``so`` on [1]_.
Two\\* lines, :emphasis:`they` say_.

.. framing: ignore[FR001] why

* One item
  wrapped
* Two

  More of two.

#. first

    We must go. Now.

term
  meaning here

.. note:: Mind this.

   And this.

.. image:: pier.png
   :alt: none

Code follows::

    code. Not text!

.. figure:: pier.png
   :alt: none

   The pier.

===== =====
a     b
===== =====

| Roses are red.
| Violets are blue.

>>> print("No.")

.. pull-quote::

   How nice.

----

.. _target: http://example.org
.. [1] A footnote here.
"""


def test_an_article() -> None:
    document = read(ARTICLE, "storm.rst")
    check(document, lambda origin: origin.removeprefix("\\"))
    assert document.format == "rst"
    assert document.front_matter == {"genre": "opinion", "date": "2024"}
    assert [comment.text for comment in document.comments] == ["framing: ignore[FR001] why"]
    assert [(s.line, s.column, s.kind, s.text) for s in document] == [
        (1, 1, "headline", "Storm hits"),
        (7, 1, "prose", "It was very wet in Port Halest and so on."),
        (8, 1, "prose", "Two* lines, they say."),
        (12, 3, "list item", "One item wrapped"),
        (14, 3, "list item", "Two"),
        (16, 3, "list item", "More of two."),
        (18, 4, "list item", "first"),
        (20, 5, "prose", "We must go."),
        (20, 17, "prose", "Now."),
        (22, 1, "list item", "term"),
        (23, 3, "list item", "meaning here"),
        (25, 11, "prose", "Mind this."),
        (27, 4, "prose", "And this."),
        (32, 1, "prose", "Code follows:"),
        (39, 4, "caption", "The pier."),
        (45, 3, "prose", "Roses are red."),
        (46, 3, "prose", "Violets are blue."),
        (52, 4, "prose", "How nice."),
        (57, 8, "prose", "A footnote here."),
    ]
    assert [s.text for s in document if s.voices] == ["We must go.", "Now.", "How nice."]


MARKS = st.sampled_from(
    [
        *[
            "a",
            "It rained.",
            "*",
            "**",
            "`",
            "``",
            "`_",
            "_",
            "[1]_",
            "\\",
            ".. ",
            "::",
            ":a: ",
            "* ",
        ],
        *[
            "1. ",
            "====",
            "----",
            "\n",
            "\n\n",
            "  ",
            "    ",
            "\t",
            " ",
            "note:: ",
            "| ",
            ">>> ",
            "<x>",
        ],
    ]
)


@settings(max_examples=200)
@given(st.lists(MARKS, max_size=30).map("".join))
def test_every_word_slices_back(source: str) -> None:
    check(read(source), lambda origin: origin.removeprefix("\\"))


@pytest.mark.parametrize(
    "mark",
    ["* ", "*\n", "``a`", "`a ", "a_ ", "  ", ".. ", ".. note::\n", "a\n=\n", "> \n  ", "1. "],
)
def test_time_is_linear(mark: str) -> None:
    assert seems_linear(read, mark)
