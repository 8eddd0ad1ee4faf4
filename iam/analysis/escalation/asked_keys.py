"""The condition keys in policies that a caller can influence: MFA, address, date, tag."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice, product

from iam.analysis.circumstances import PLAIN, Circumstances
from iam.engine import context_keys, parse_policy, values_near
from iam.engine.matching.elements.conditions import ConditionTest

MFA_KEYS = frozenset({"aws:multifactorauthpresent", "aws:multifactorauthage"})
_ADDRESS = "aws:sourceip"
_TIMES = frozenset({"aws:currenttime", "aws:epochtime"})
_MOST = 60
"""Circumstances that are tried for one step: more than the policies of a lab distinguish."""
_OF_PRINCIPALS = "aws:principaltag/"
_OF_TAGS = (
    _OF_PRINCIPALS,
    "aws:resourcetag/",
    "ec2:resourcetag/",
    "iam:resourcetag/",
    "s3:existingobjecttag/",
)


@lru_cache(maxsize=2048)
def conditions_of(text: str) -> tuple[ConditionTest, ...]:
    return tuple(one for statement in parse_policy(text).statements for one in statement.conditions)


@lru_cache(maxsize=2048)
def _asked(text: str) -> tuple[tuple[str, ...], tuple[datetime, ...], bool]:
    """Return the addresses and dates that a document distinguishes, and whether it is about MFA."""
    addresses: dict[str, None] = {}
    dates: dict[datetime, None] = {}
    with_mfa = False
    for condition in conditions_of(text):
        key = condition.key.lower()
        with_mfa = with_mfa or key in MFA_KEYS
        if key == _ADDRESS:
            addresses.update(dict.fromkeys(values_near(condition, {})))
        elif key in _TIMES:
            dates.update(dict.fromkeys(_dates(condition)))
    return tuple(addresses), tuple(dates), with_mfa


def _dates(condition: ConditionTest) -> Iterator[datetime]:
    for value in values_near(condition, {}):
        try:
            found = datetime.fromtimestamp(float(value), UTC)
        except ValueError:
            try:
                found = datetime.fromisoformat(value)
            except ValueError:
                continue
        except OverflowError:
            continue
        yield found if found.tzinfo else found.replace(tzinfo=UTC)


def circumstances_of(
    texts: Iterable[str], *, mfa: bool, started: datetime, after: datetime | None
) -> Iterator[Circumstances]:
    """Return the circumstances that policies distinguish, plain and early ones first.

    The world has the time `started`; a call is made no earlier than the last one, made `after`.
    """
    addresses: dict[str, None] = {"": None}
    dates: set[datetime] = set()
    with_mfa = False
    for text in texts:
        of_text, times, asks = _asked(text)
        addresses.update(dict.fromkeys(of_text))
        dates.update(time for time in times if time > (after or started))
        with_mfa = with_mfa or asks
    choices = product(
        (after, *sorted(dates)), addresses, (False, True) if mfa and with_mfa else (False,)
    )
    for at, address, second in islice(choices, _MOST):
        if at or address or second:
            yield Circumstances(mfa=second, at=at, source_ip=address)
        else:
            yield PLAIN


def in_words(now: Circumstances) -> str:
    """Return in words how circumstances differ from plain; empty for plain ones."""
    parts = [
        "with MFA" if now.mfa or now.mfa_age is not None else "",
        f"from {now.source_ip}" if now.source_ip else "",
        f"at {now.at:%Y-%m-%d %H:%M:%S}" if now.at else "",
    ]
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=2048)
def tags_asked(text: str) -> frozenset[str]:
    """Return the keys of tags that a document asks about, in lower case."""
    return frozenset(key.lower() for key in context_keys(text) if tag_name(key))


def asks_about(text: str, keys: Collection[str]) -> bool:
    """Return whether a document asks about one of these keys (in lower case)."""
    return any(key.lower() in keys for key in context_keys(text))


def tag_name(key: str) -> str:
    found = next((prefix for prefix in _OF_TAGS if key.lower().startswith(prefix)), None)
    return key[len(found) :] if found else ""


def principal_tag_key(name: str) -> str:
    """Return the condition key of a principal's tag, in lower case."""
    return f"{_OF_PRINCIPALS}{name.lower()}"


def keys_of_tag(name: str) -> tuple[str, ...]:
    """Return the condition keys about a tag, in lower case."""
    return tuple(f"{prefix}{name.lower()}" for prefix in _OF_TAGS)
