"""How often a look-up may fail before it is taken for guessing."""

from datetime import timedelta

from lienthong.fronts.public.enums import Gate

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
ADDRESS_WINDOW = timedelta(minutes=1)
# Four digits are ten thousand tries: at twenty a day a code withstands for years; its own QR always opens it.
FAILURES_A_QUARTER = 5
FAILURES_A_DAY = 20
# A whole office, or a whole street behind one provider, shares an address: only a machine fails so often.
FAILURES_AN_ADDRESS = 300


def gate(in_quarter: int, in_day: int, of_address: int) -> Gate:
    """The gate after so many failures of the code (quarter hour, day) and of the address (minute)."""
    if of_address >= FAILURES_AN_ADDRESS:
        return Gate.ADDRESS
    if in_quarter >= FAILURES_A_QUARTER or in_day >= FAILURES_A_DAY:
        return Gate.CODE
    return Gate.OPEN
