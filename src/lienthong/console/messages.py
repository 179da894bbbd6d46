"""Compile the translations (.po to .mo) with Babel; no gettext tools are needed on the machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from lienthong.console import places


def compile_all(root: Path = places.ROOT) -> int:
    """Write each .mo that is older than its .po; returns how many."""
    catalogues = [*root.glob("locale/*/LC_MESSAGES/*.po"), *root.glob("src/**/locale/*/LC_MESSAGES/*.po")]
    stale = [file for file in catalogues if _older(file.with_suffix(".mo"), file)]
    for file in stale:
        _compile(file)
    return len(stale)


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(file: Path) -> None:
    with file.open("rb") as text:
        catalogue = read_po(text, locale=file.parents[1].name)
    # Written aside and renamed: a server that starts meanwhile never reads half a file.
    fresh = file.with_suffix(".mo.new")
    with fresh.open("wb") as binary:
        write_mo(binary, catalogue)
    fresh.replace(file.with_suffix(".mo"))
