"""The button that was pressed, as its name says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PressedButton:
    """What the name of a button holds, as in `action-remove:0:s3:Get*`; -1 is no block."""

    verb: str = ""
    number: int = -1
    value: str = ""


NOTHING = PressedButton()


def button_named(name: str) -> PressedButton:
    verb, _, rest = name.partition(":")
    number, _, value = rest.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 5
    return PressedButton(verb, int(number) if is_number else -1, value)
