"""A lifecycle as data: which verb leads from which state to which, whose act it is, and on which article."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Transition:
    """Bước chuyển. `from_states` holds "" for an act that begins a case; `duty` "" means any post may."""

    verb: str
    from_states: tuple[str, ...]
    to_state: str
    duty: str
    basis: str = ""
    label: "StrOrPromise" = ""


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Vòng đời của một loại vụ việc. `states` and `duties` are pairs (word, Vietnamese label), as
    `TextChoices.choices` gives them; sentences name states and duties by these labels.
    """

    kind: str
    states: Sequence[tuple[str, "StrOrPromise"]]
    transitions: tuple[Transition, ...]
    duties: Sequence[tuple[str, "StrOrPromise"]] = ()

    def transition(self, verb: str, state: str) -> Transition | None:
        """The transition that this verb makes from this state; None where there is none."""
        found = (step for step in self.transitions if step.verb == verb and state in step.from_states)
        return next(found, None)

    def transitions_from(self, state: str) -> tuple[Transition, ...]:
        """The transitions that lead out of a state, in the order of the table."""
        return tuple(step for step in self.transitions if state in step.from_states)

    def verbs_from(self, state: str) -> tuple[str, ...]:
        """The verbs that lead out of a state, each once, in the order of the table."""
        return tuple(dict.fromkeys(step.verb for step in self.transitions_from(state)))

    def state_label(self, state: str) -> str:
        """The state in Vietnamese; the word itself where no label was given."""
        return str(dict(self.states).get(state, state))

    def duty_label(self, duty: str) -> str:
        """The duty in Vietnamese; the word itself where no label was given."""
        return str(dict(self.duties).get(duty, duty))

    def verb_label(self, verb: str) -> str:
        """The act in Vietnamese. Raises LookupError for a verb that the lifecycle does not have."""
        named = [step for step in self.transitions if step.verb == verb]
        if not named:
            raise LookupError(f"{self.kind} has no verb {verb}")
        return str(named[0].label or verb)
