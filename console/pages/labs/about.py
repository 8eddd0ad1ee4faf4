"""What a lab is about, before anybody has begun it: there are no account IDs and values yet."""

import re

_VALUE = r"`?\{\w+\}`?"
_SAID_SHORTER = [
    (re.compile(rf"\s+\({_VALUE}\)"), ""),
    (re.compile(rf",\s+{_VALUE}(?=[,:.;])"), ""),
    (re.compile(r"\b([Tt]he|[Yy]our)\s+account\s+\{you\}"), r"\1 account"),
    (re.compile(r"\baccount\s+\{you\}"), "your account"),
    (re.compile(rf"\baccount\s+{_VALUE}"), "account"),
    (re.compile(rf"\bthe\s+bucket\s+{_VALUE}"), "a bucket"),
    (re.compile(rf"\bis\s+{_VALUE}"), "is made when you start"),
    (re.compile(_VALUE), "…"),
]


def without_values(text: str) -> str:
    """Return a lab's text for who has no world yet: `in account {you}` is *in your account*."""
    for pattern, shorter in _SAID_SHORTER:
        text = pattern.sub(shorter, text)
    return text
