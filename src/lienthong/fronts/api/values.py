"""Plain values of the public API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind of problem that the API itself raises: its title, and what the reader of its page is told to do."""

    status: int
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong: where (`pointer` into the body, or the name of a parameter or header), and why."""

    sentence: str
    code: str
    pointer: str = ""
    parameter: str = ""

    def as_json(self) -> Mapping[str, Any]:
        """As a problem document carries it."""
        place = {"parameter": self.parameter} if self.parameter else {"pointer": self.pointer}
        return {**place, "detail": self.sentence, "code": self.code}
