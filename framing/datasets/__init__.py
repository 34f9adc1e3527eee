"""Data sets: loaded by name from a folder on this machine, fetched there only when asked.

``load`` reads; ``fetch_…`` downloads a public corpus at a pinned revision, checks it, turns its
original files into tables and returns them. Nothing else in framing downloads anything.
"""

from __future__ import annotations

from framing.datasets.fetching import (
    Status,
    fetch,
    fetch_babe,
    fetch_basil,
    fetch_checkthat,
    fetch_mpqa,
    fetch_newssd_eng,
    fetch_open_voice,
    fetch_subj,
    status,
    verify,
)
from framing.datasets.loading import (
    NAMES,
    data_home,
    load,
    load_babe,
    load_basil,
    load_checkthat,
    load_mpqa,
    load_newssd_eng,
    load_open_voice,
    load_ours,
    load_subj,
)

__all__ = [
    "NAMES",
    "Status",
    "data_home",
    "fetch",
    "fetch_babe",
    "fetch_basil",
    "fetch_checkthat",
    "fetch_mpqa",
    "fetch_newssd_eng",
    "fetch_open_voice",
    "fetch_subj",
    "load",
    "load_babe",
    "load_basil",
    "load_checkthat",
    "load_mpqa",
    "load_newssd_eng",
    "load_open_voice",
    "load_ours",
    "load_subj",
    "status",
    "verify",
]
