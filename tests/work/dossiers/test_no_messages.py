"""Who says "no messages" gets none from then on; of whom nothing is said, what was said before stays."""

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.enums import MessageState
from lienthong.people.parties.models import Party
from tests.cast import Cast
from tests.facilities.notifications.conftest import Post
from tests.facilities.notifications.conftest import post as post
from tests.fronts.api.conftest import Portal, dossier
from tests.fronts.api.conftest import portal as portal
from tests.fronts.api.conftest import registered as registered
from tests.fronts.desk.test_counter import taken_in

pytestmark = pytest.mark.django_db
NUMBER = "079190000123"


@pytest.mark.parametrize(
    ("said", "state", "channel"),
    [("none", MessageState.NOT_WANTED, "none"), ("", MessageState.WAITING, "sms")],
    ids=["no messages", "nothing said"],
)
def test_at_the_counter(post: Post, cast: Cast, said: str, state: MessageState, channel: str) -> None:
    clerk = post.browser(cast.clerk)
    taken_in(clerk, contact="sms")
    second = taken_in(clerk, contact=said)
    post.hear(second, now())
    message = post.message(second)
    assert (message.state, message.channel) == (state, channel)


def test_over_the_interface(portal: Portal) -> None:
    def channel_after(**said: str) -> str:
        portal.lodged(applicant={**dossier(NUMBER)["applicant"], **said})
        with entered(SYSTEM):
            return Party.objects.get(papers__number=NUMBER).channel

    assert [channel_after(), channel_after(channel="zalo"), channel_after()] == ["none", "zalo", "zalo"]
    assert [channel_after(channel="none"), channel_after()] == ["none", "none"]
