"""Plain values of numbering."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issued:
    """What a series has given out: 1 to `last`, of which `voids` (number -> reason) are not used."""

    last: int
    voids: dict[int, str]

    def used(self) -> list[int]:
        """The numbers that a paper or dossier must carry."""
        return [number for number in range(1, self.last + 1) if number not in self.voids]
