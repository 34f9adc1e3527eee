"""Sphinx configuration; ``sphinx-build -W docs docs/_build`` builds the pages, offline."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

from framing import __version__

project = "framing"
author = "The framing developers"
copyright = "2026, The framing developers"
release = version = __version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "sphinx_design",
    "myst_nb",
    "generated_pages",
    "repository_links",
]
exclude_patterns = ["_build", "_extensions", "**.ipynb_checkpoints"]
root_doc = "index"

html_theme = "pydata_sphinx_theme"
html_title = "framing"
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["framing.css"]
html_theme_options = {
    "navigation_with_keys": False,
    "show_toc_level": 2,
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}
html_sidebars = {"index": []}
html_copy_source = False
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "off"

autosummary_generate = True
numpydoc_show_class_members = False
# What an estimator inherits is documented where it comes from.
autodoc_default_options = {"members": True, "inherited-members": False}
autodoc_typehints = "none"  # numpydoc sections say it
suppress_warnings = ["myst.header"]  # a card may begin at any level
