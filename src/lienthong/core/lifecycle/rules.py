"""The one question of a button and of a POST: may this verb be done now, by this post?"""

from django.utils.translation import gettext as _

from lienthong.core.lifecycle.values import Lifecycle
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor


def why_not(lifecycle: Lifecycle, verb: str, state: str, actor: Actor) -> Refusal | None:
    """None where the act is possible; else why not, in a sentence for the person who wants it.

    The system's own work (reach "system") is bound by the states, not by duties. Raises LookupError for a
    verb that the lifecycle does not have.
    """
    step = lifecycle.transition(verb, state)
    if step is None:
        return _wrong_state(lifecycle, verb, state)
    if step.duty and actor.reach != "system" and not actor.may(step.duty):
        return _wrong_post(lifecycle, verb, step.duty, step.basis)
    return None


def _wrong_state(lifecycle: Lifecycle, verb: str, state: str) -> Refusal:
    act = lifecycle.verb_label(verb)
    possible = [lifecycle.verb_label(other) for other in lifecycle.verbs_from(state)]
    here = lifecycle.state_label(state)
    if possible:
        sentence = _("Chưa làm được “%(act)s”: đang ở trạng thái “%(state)s”. Lúc này có thể: %(possible)s.")
    else:
        sentence = _("Không làm được “%(act)s”: vụ việc đã kết thúc ở trạng thái “%(state)s”.")
    return Refusal(
        code="lifecycle.state",
        sentence=sentence % {"act": act, "state": here, "possible": ", ".join(possible)},
    )


def _wrong_post(lifecycle: Lifecycle, verb: str, duty: str, basis: str) -> Refusal:
    sentence = _(
        "“%(act)s” là việc của vị trí có nhiệm vụ “%(duty)s”."
        " Hãy đổi vị trí công tác, hoặc chuyển cho người giữ nhiệm vụ này."
    ) % {"act": lifecycle.verb_label(verb), "duty": lifecycle.duty_label(duty)}
    return Refusal(code="lifecycle.duty", sentence=sentence, article=basis)
