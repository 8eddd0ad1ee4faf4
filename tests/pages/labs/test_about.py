"""What a lab's page says before anybody has begun the lab."""

import pytest

from console.pages.labs.about import without_values

SHORTER = [
    ("the user **broker** of account {you}, hands out", "the user **broker** of your account, "),
    ("The account {you} knows it", "The account knows it"),
    ("Your account\n{you} is a member", "Your account is a member"),
    ("works in its own account {vendor}, as", "works in its own account, as"),
    ("among them **dev** ({dev}), where", "among them **dev**, where"),
    ("the same account, {you}, the same", "the same account, the same"),
    ("in one bucket, `{tenants}`: those", "in one bucket: those"),
    ("come from the\nbucket `{data}`, which", "come from a bucket, which"),
    ("yours is `{ext}`", "yours is made when you start"),
]


@pytest.mark.parametrize(("text", "shorter"), SHORTER)
def test_values_that_nobody_has_yet_are_left_out(text, shorter):
    assert without_values(text).startswith(shorter)
