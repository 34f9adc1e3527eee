"""Fuzz one target with atheris: ``python tests/fuzz/run.py TARGET CORPUS -max_total_time=600``.

The folder CORPUS gets the seeds of ``tests/fuzz/seeds.py`` and what the fuzzer finds worth
keeping. A crash is written beside it and is to become a case of ``tests/attacks.py``.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
with atheris.instrument_imports(include=["framing"]):
    from seeds import seeds
    from targets import TARGETS, run


def main() -> None:
    name, corpus = sys.argv[1:3]
    if name not in TARGETS:
        sys.exit(f"no target {name!r}; there are {', '.join(TARGETS)}")
    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds(name):
        (folder / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    atheris.Setup([sys.argv[0], corpus, *sys.argv[3:]], lambda data: run(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
