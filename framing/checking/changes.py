"""Changed sentences: what a branch touched since it left its base, sentence by sentence.

A paragraph is often one line, so lines are no measure. A sentence is touched if its wording does
not stand in the draft's old version; wrapping it otherwise or moving it within the draft touches
nothing. git is run without a shell, without pagers and without the programs that a repository's
configuration may name.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections import Counter
from collections.abc import Sequence

from framing.checking.findings import Finding
from framing.checking.wording import wording
from framing.errors import ConfigError, ReadError
from framing.readers.encoding import read_bytes

__all__ = ["Changes"]

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "--no-pager")


class Changes:
    """What changed since the merge base of a revision and the current branch.

    Parameters
    ----------
    base : str
        A revision as git names it: ``main``, ``origin/main``, ``HEAD~3``.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self._repositories: dict[str, _Repository] = {}
        self._roots: dict[str, str] = {}

    def is_unchanged(self, path: str, data: bytes | None = None) -> bool:
        """Tell whether a draft is byte for byte what it was.

        Parameters
        ----------
        path : str
            The draft.
        data : bytes, optional
            What it holds now, if that is not what lies on the disk.

        Raises
        ------
        ConfigError
            Without git, outside of a repository, or if the revision is unknown.
        """
        repository, name = self._find(path)
        if data is None:
            try:
                data = read_bytes(path)
            except ReadError:
                return False  # whoever checks it will say so
        return repository.holds(name, data)

    def old(self, path: str) -> Counter[str]:
        """Return the wordings of a draft's old sentences, and how often each stands there.

        A new draft has those of the drafts that were deleted: perhaps it was one of them.

        Parameters
        ----------
        path : str
            The draft.

        Raises
        ------
        ConfigError
            As :meth:`is_unchanged`.
        """
        repository, name = self._find(path)
        return repository.old(name)

    def _find(self, path: str) -> tuple[_Repository, str]:
        """Return the repository of a draft, and its name there."""
        folder = os.path.realpath(os.path.dirname(path))
        if folder not in self._roots:
            root = _git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape")
            self._roots[folder] = os.path.realpath(root.removesuffix("\n"))
        root = self._roots[folder]
        if root not in self._repositories:
            self._repositories[root] = _Repository(root, self.base)
        name = os.path.relpath(os.path.join(folder, os.path.basename(path)), root)
        return self._repositories[root], name.replace(os.sep, "/")

    @staticmethod
    def touched(findings: Sequence[Finding], old: Counter[str]) -> list[Finding]:
        """Return the findings in sentences that the old draft does not have, or has less often.

        Examples
        --------
        >>> place = (1, 1, 1, 5, 0, 4, 1, 5)
        >>> one = Finding("a.txt", "FR001", "news", True, "", *place, text="It is bad.")
        >>> len(Changes.touched([one, one], Counter({"It is bad.": 1})))
        1
        """
        seen: Counter[tuple[object, ...]] = Counter()
        kept = []
        for finding in findings:
            sentence = wording(finding.text)
            which = (sentence, finding.code, finding.marks)
            seen[which] += 1
            if not finding.text or seen[which] > old[sentence]:
                kept.append(finding)
        return kept


class _Repository:
    """One repository at the merge base."""

    def __init__(self, root: str, base: str) -> None:
        self._root = root
        try:
            # What follows is a revision, even if it begins with a dash.
            revision = _git(root, "rev-parse", "--verify", "--end-of-options", f"{base}^{{commit}}")
        except ConfigError as error:
            raise ConfigError(f"--diff: no revision {base!r} in {root}: {error}") from error
        try:
            found = _git(root, "merge-base", revision.decode().strip(), "HEAD")
        except ConfigError as error:
            raise ConfigError(
                f"--diff: {base!r} and the current branch of {root} have no common ancestor;"
                " fetch more of the history (a clone may be shallow)"
            ) from error
        start = found.decode().strip()
        tree = _git(root, "ls-tree", "-r", "-z", "--full-tree", start)
        #: Name → the digest of what the file held. Nothing is compared by git, which would run
        #: the filters that the repository's configuration names.
        self._before: dict[str, str] = {}
        for row in tree.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, _, name = row.partition("\t")
            _, kind, digest = about.split()
            if kind == "blob":
                self._before[name] = digest
        self._gone: Counter[str] | None = None

    def holds(self, name: str, data: bytes) -> bool:
        """Tell whether a file held these bytes at the base."""
        before = self._before.get(name)
        if before is None:
            return False
        kind = "sha1" if len(before) == 40 else "sha256"
        digest = hashlib.new(kind, b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest() == before

    def old(self, name: str) -> Counter[str]:
        if name in self._before:
            return self._sentences(name)
        if self._gone is None:
            from framing.readers import SUFFIXES

            self._gone = Counter()
            for one in sorted(self._before):
                draft = one.lower().endswith(tuple(SUFFIXES))
                if draft and not os.path.lexists(os.path.join(self._root, one)):
                    self._gone.update(self._sentences(one))
        return self._gone

    def _sentences(self, name: str) -> Counter[str]:
        """Return the wordings of a draft's sentences at the base; none if it was no draft."""
        from framing.readers import open_document

        data = _git(self._root, "cat-file", "blob", self._before[name])
        try:
            document = open_document(data, name)
        except ReadError:
            return Counter()  # it was no text then, so every sentence is new
        return Counter(wording(sentence.text) for sentence in document)


def _git(folder: str, *arguments: str) -> bytes:
    """Run git and return what it prints."""
    try:
        done = subprocess.run(
            ["git", *_SAFE, *arguments],
            cwd=folder or ".",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )
    except FileNotFoundError as error:
        if not os.path.isdir(folder or "."):
            raise ConfigError(f"--diff: {folder}: no such folder") from error
        raise ConfigError("--diff needs git, which is not installed") from error
    except OSError as error:
        raise ConfigError(f"--diff: cannot run git: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1].removeprefix("fatal: ") if said else f"git exited with {done.returncode}"
        if "not a git repository" in why:
            raise ConfigError(f"--diff: {folder} lies in no git repository")
        raise ConfigError(why)
    return done.stdout
