"""Writes the table of events in glossary.md from what the rooms register: event, action, sentence, room.

Run it in the project's environment: `lienthong env python docs/make_glossary.py` (no database is asked).
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "lienthong"
GLOSSARY = ROOT / "docs" / "glossary.md"
MARKS = ("<!-- events -->\n", "<!-- /events -->\n")


def registered() -> dict[str, tuple[str, str]]:
    """Every event with its sentence and room, read from the rooms' events.py."""
    found: dict[str, tuple[str, str]] = {}
    for file in sorted(SOURCE.glob("*/*/events.py")):
        room = ".".join(file.relative_to(SOURCE).parts[:2])
        for call in _calls(file):
            texts = [part.value for part in ast.walk(call) if isinstance(part, ast.Constant)]
            if _name(call) == "Event" and len(texts) >= 2:
                found[str(texts[0])] = (str(texts[1]), room)
    return found


def acting() -> dict[str, str]:
    """Which action writes an event: the function in whose body the event's name stands."""
    found: dict[str, str] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        if "actions" not in file.with_suffix("").parts:
            continue
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for part in ast.walk(function):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        found.setdefault(part.value, function.name)
    return found


def table() -> str:
    by = acting()
    rows = ["| event | action | câu trong diễn biến | where |", "| --- | --- | --- | --- |"]
    for name, (sentence, room) in sorted(registered().items()):
        action = f"`{by[name]}`" if name in by else ""
        rows.append(f"| `{name}` | {action} | {sentence} | {room} |")
    return "\n".join(rows) + "\n"


def rewritten(text: str) -> str:
    """The glossary with the table of events as it is now."""
    begin, end = (re.escape(mark) for mark in MARKS)
    return re.sub(f"{begin}.*?{end}", lambda _: MARKS[0] + table() + MARKS[1], text, flags=re.DOTALL)


def _calls(file: Path) -> list[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


if __name__ == "__main__":
    GLOSSARY.write_text(rewritten(GLOSSARY.read_text(encoding="utf-8")), encoding="utf-8")
