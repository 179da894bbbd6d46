"""Only public addresses are dialled, and those that the installation names."""

import pytest

from lienthong.lib.outbound import NotPublic, may_dial, place_of

PRIVATE = (
    "10.0.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.5.4",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
)
HERE = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_dialled(address: str) -> None:
    assert not may_dial(address)


@pytest.mark.parametrize("address", ["203.162.4.190", "2606:4700::1111"])
def test_a_public_one_is(address: str) -> None:
    assert may_dial(address)


def test_a_network_that_is_named_is_allowed_and_no_other() -> None:
    assert may_dial("10.1.2.3", ["10.1.0.0/16"]) and not may_dial("10.2.2.3", ["10.1.0.0/16"])


@pytest.mark.parametrize("address", PRIVATE)
def test_a_demonstration_dials_this_machine_and_no_other_private_one(address: str) -> None:
    assert may_dial(address, ["10.20.0.0/16"], loopback=True) is (address in HERE)


def test_a_name_that_leads_here_is_refused_unless_allowed() -> None:
    with pytest.raises(NotPublic):
        place_of("localhost", 80)
    assert place_of("localhost", 80, loopback=True) in {"127.0.0.1", "::1"}
