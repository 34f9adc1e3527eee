"""The project's own files agree with each other and with what is installed."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GENERATED = {"build", "dist", "htmlcov", "__pycache__", "_build", "generated"}
HIDDEN_BUT_OURS = {".ci", ".github", ".gitignore", ".pre-commit-hooks.yaml"}


@pytest.fixture(scope="module")
def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string((ROOT / "setup.cfg").read_text(encoding="utf-8"))
    return parser


def lines(value: str) -> list[str]:
    return [line.strip() for line in value.splitlines() if line.strip()]


def requirement_name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None, requirement
    return found.group()


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    """Files of the project: nothing hidden, generated or installed."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in HIDDEN_BUT_OURS
        if hidden or path.name in GENERATED or path.suffix == ".egg-info":
            continue
        if path.is_dir():
            yield from project_files(path)
        elif path.suffix != ".pyc":
            yield path


def test_metadata(setup_cfg: configparser.ConfigParser) -> None:
    about = setup_cfg["metadata"]
    assert about["name"] == "framing"
    assert about["license"] == "Apache-2.0"
    assert "License :: OSI Approved :: Apache Software License" in lines(about["classifiers"])
    assert setup_cfg["options"]["python_requires"] == ">=3.11"
    entry_points = setup_cfg["options.entry_points"]
    assert lines(entry_points["console_scripts"]) == ["framing = framing.cli:main"]
    assert lines(entry_points["framing.extractors"]) == ["builtin = framing.extractors:BUILTIN"]
    assert lines(entry_points["spacy_factories"]) == ["framing = framing.spacy:make"]


def test_version_stands_everywhere_the_same(setup_cfg: configparser.ConfigParser) -> None:
    version = setup_cfg["metadata"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {version}\n" in citation
    newest = re.search(r"^## \[(\d[^\]]*)\]", changelog, re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == version


def test_installed_version_is_this_one(setup_cfg: configparser.ConfigParser) -> None:
    try:
        installed = metadata.version("framing")
    except metadata.PackageNotFoundError:
        pytest.skip("framing runs from the checkout, not installed")
    assert installed == setup_cfg["metadata"]["version"]


def test_pyproject_holds_the_build_system_and_ruff_only() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(pyproject) == {"build-system", "tool"}
    assert set(pyproject["tool"]) == {"ruff"}


def test_base_dependencies_are_bounded_on_both_sides(
    setup_cfg: configparser.ConfigParser,
) -> None:
    for requirement in lines(setup_cfg["options"]["install_requires"]):
        assert re.fullmatch(r"[\w-]+ >=[\d.]+, <[\d.]+", requirement), requirement


def test_every_dependency_has_its_reason(setup_cfg: configparser.ConfigParser) -> None:
    base = setup_cfg["options"]["install_requires"]
    extras = dict(setup_cfg["options.extras_require"]).values()
    wanted = {
        requirement_name(requirement) for block in [base, *extras] for requirement in lines(block)
    } - {"framing"}
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    section = design.partition("\n## Dependencies\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w-]+) \| [^|]+ \| [^|]+ \|$", section, re.MULTILINE)
    reasons = [row for row in rows if row != "package"]
    assert sorted(reasons) == sorted(wanted)


def test_every_data_file_is_package_data(setup_cfg: configparser.ConfigParser) -> None:
    package = ROOT / "framing"
    patterns = lines(setup_cfg["options.package_data"]["framing"])
    shipped = {path for pattern in patterns for path in package.glob(pattern)}
    data = {path for path in project_files(package) if path.suffix not in {".py", ".pyi"}}
    assert data == shipped
    for pattern in patterns:
        assert any(package.glob(pattern)), f"nothing matches {pattern}"


def test_every_folder_with_code_is_a_package() -> None:
    for path in project_files(ROOT / "framing"):
        if path.suffix == ".py":
            assert (path.parent / "__init__.py").exists(), path


def test_readme_names_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert [command.count("\n") for command in commands] == [1, 1]
    run, test = commands
    assert "pip install" in run
    draft = re.search(r"framing explain (\S+)", run)
    assert draft is not None
    assert (ROOT / draft.group(1)).is_file()
    assert "pytest" in test


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    start = ROOT / page
    for path in project_files(start) if start.is_dir() else [start]:
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            aim = (path.parent / file).resolve() if file else path
            assert aim.exists(), f"{path.name}: {target}"
            if anchor:
                headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE)
                slugs = {re.sub(r"[^\w\- ]", "", h).strip().lower() for h in headings}
                assert anchor in {slug.replace(" ", "-") for slug in slugs}, target


@pytest.mark.parametrize(
    "credit",
    [
        "NewsSD-ENG",
        "Antici",
        "CC BY 4.0",
        "https://github.com/nlp-unibo/newssd-eng",
        "Wikinews",
        "CC BY 2.5",
        "GrimmerSenatePressReleases",
        "18F",
        "digital.gov",
        "Nakamoto",
        "CC BY-SA 4.0",
        "MASC",
        "nupunkt",
    ],
)
def test_notice_credits(credit: str) -> None:
    assert credit in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_notice_names_every_base_dependency(setup_cfg: configparser.ConfigParser) -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for requirement in lines(setup_cfg["options"]["install_requires"]):
        assert requirement_name(requirement) in notice


def test_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text) > 11_000


def test_no_file_knows_where_it_was_made() -> None:
    place = re.compile(r"(?<![\w.])/work/|\.\./shared|/home/\w|/root/")
    for path in project_files():
        if path.is_relative_to(ROOT / "tests"):
            continue
        found = place.search(path.read_text(encoding="utf-8", errors="replace"))
        assert found is None, f"{path.relative_to(ROOT)}: {found}"


def test_ci_script_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text(encoding="utf-8")
