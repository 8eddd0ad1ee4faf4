"""What the IDs of a snapshot become in a copy, wherever they stand in a text."""

import base64
import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any
from uuid import UUID

# IDs stand in runs of such characters. Most runs come again and again, so each is looked into once.
_RUN = re.compile(r"[0-9A-Za-z-]{6,}")
_SHAPE = re.compile(
    "|".join(
        (
            r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            r"[0-9a-f]{64}",
            r"(?<![0-9])[0-9]{4}-[0-9]{4}-[0-9]{4}(?![0-9])",
            r"(?<![0-9])[0-9]{12}(?![0-9])",
            r"[A-Z2-7]{16,}",
            r"(?<![a-z0-9])(?:i|r|iip-assoc|vpc|subnet|sg)-0[0-9a-f]{16}",
            r"(?<![a-z0-9])(?:ou-[a-z2-7]{4}-[a-z2-7]{8}|[opr]-[a-z2-7]{4,10})",
            r"[0-9]{1,12}-[a-z2-7]{8}",
        )
    )
)
_UNIQUE_ID = re.compile(r"A(?:CCA|GPA|IDA|IPA|KIA|NPA|PKA|ROA|SCA|SIA)[A-Z2-7]{12,17}")
_EXAMPLE = "EXAMPLE"  # an ID that AWS's documentation made up
_OF_EC2 = re.compile(r"(i|r|iip-assoc)-0[0-9a-f]{16}")


def _pattern_of(text: str) -> str:
    """Return the pattern of a text; a number is not looked for inside a longer one."""
    return rf"(?<![0-9]){text}(?![0-9])" if text.isdecimal() else re.escape(text)


class Renaming:
    """The IDs of one copy.

    `known` are IDs with what they become, `literals` other texts. Unless `only_known`, what has the
    shape of AWS's unique IDs is renamed too, such as a deleted user's in an old event. Under one
    key, an ID always becomes the same.
    """

    def __init__(
        self,
        key: str,
        known: Mapping[str, str] | None = None,
        literals: Mapping[str, str] | None = None,
        *,
        only_known: bool = False,
    ) -> None:
        self._key = key.encode()
        self._known = dict(known or {})
        self.only_known = only_known
        self._runs: dict[str, str] = {}
        self._literals = dict(literals or {})
        self._pattern: re.Pattern[str] | None = None

    def learn(self, old: str, new: str) -> None:
        """Rename one more ID from now on."""
        if _RUN.fullmatch(old):
            self._known[old] = self._runs[old] = new
        else:
            self._literals[old], self._pattern = new, None

    def text(self, text: str) -> str:
        """Return a text with new IDs."""
        if self.only_known and not self._known and not self._literals:
            return text
        if self._literals:
            text = self._literal().sub(lambda found: self._literals[found[0]], text)
        return _RUN.sub(self._run, text)

    def value(self, value: Any) -> Any:
        """Return data with new IDs in all its texts."""
        before = json.dumps(value, ensure_ascii=False)
        after = self.text(before)
        return value if after == before else json.loads(after)

    def uuid(self, old: UUID | str) -> UUID:
        return UUID(bytes=self._digest(str(old))[:16], version=4)

    def letters(self, old: str, length: int) -> str:
        """Return capital letters and digits of base32 in place of others."""
        return base64.b32encode(self._digest(old))[:length].decode()

    def _literal(self) -> re.Pattern[str]:
        """Return the pattern of all literal texts, the longest first."""
        if self._pattern is None:
            texts = sorted(filter(None, self._literals), key=len, reverse=True)
            self._pattern = re.compile("|".join(map(_pattern_of, texts)))
        return self._pattern

    def _digest(self, old: str) -> bytes:
        return blake2b(old.encode(), key=self._key, digest_size=32).digest()

    def _run(self, found: re.Match[str]) -> str:
        run = found[0]
        new = self._runs.get(run)
        if new is None:
            new = self._runs[run] = _SHAPE.sub(self._id, run)
        return new

    def _id(self, found: re.Match[str]) -> str:
        old = found[0]
        return self._known.get(old) or self._derived(old)

    def _derived(self, old: str) -> str:
        if self.only_known:
            return old
        if _UNIQUE_ID.fullmatch(old) and not old.endswith(_EXAMPLE):
            return old[:4] + self.letters(old, len(old) - 4)
        of_ec2 = _OF_EC2.fullmatch(old)
        return f"{of_ec2[1]}-0{self._digest(old).hex()[:16]}" if of_ec2 else old
