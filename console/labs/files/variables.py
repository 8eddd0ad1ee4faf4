"""A lab's variables: fresh for each student, and the same each time for the same attempt."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from django.conf import settings

Variables = Mapping[str, str]

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without look-alikes."""
_DIGITS = "0123456789"
_WORDS = (
    "amber", "badger", "cedar", "delta", "ember", "falcon", "garnet", "harbor", "indigo",
    "juniper", "kestrel", "lagoon", "maple", "nectar", "olive", "pepper", "quartz", "raven",
    "saffron", "tulip", "umber", "violet", "willow", "yarrow", "zephyr", "acorn", "birch",
    "coral", "dune", "fjord", "grove", "heron",
)  # fmt: skip


class _Stream:
    """Numbers drawn from a key and a name: HMAC-SHA256 in counter mode."""

    def __init__(self, attempt: str, name: str) -> None:
        self._key = settings.SECRET_KEY.encode()
        self._about = f"rolecall lab variable\0{attempt}\0{name}\0".encode()
        self._blocks = 0
        self._numbers: list[int] = []

    def below(self, limit: int) -> int:
        """Return a number from 0 up to the limit, each as likely as the others."""
        while True:
            if not self._numbers:
                block = self._about + str(self._blocks).encode()
                self._numbers = list(hmac.new(self._key, block, hashlib.sha256).digest())
                self._blocks += 1
            number = self._numbers.pop()
            if number < 256 - 256 % limit:
                return number % limit

    def text(self, alphabet: str, length: int) -> str:
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))


def _value(declared: Mapping[str, Any], stream: _Stream) -> str:
    prefix = str(declared.get("prefix", ""))
    if "word" in declared:
        words = [_WORDS[stream.below(len(_WORDS))] for _ in range(declared["word"])]
        return prefix + "-".join([*words, stream.text(_LETTERS, 4)])
    if "digits" in declared:
        first = stream.text(_DIGITS[1:], 1)
        return prefix + first + stream.text(_DIGITS, declared["digits"] - 1)
    return prefix + stream.text(_LETTERS, declared["token"])


def fresh_values(declared: Mapping[str, Any], attempt: str) -> dict[str, str]:
    """Return the value of each declared variable for an attempt, by an HMAC of the site's key."""
    return {name: _value(kind, _Stream(attempt, name)) for name, kind in declared.items()}
