"""How, from where and when a check asks: the keys that every kind may have."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from console.labs.checks.case import Case
from console.labs.files.durations import span_of
from iam.analysis import Circumstances

_AS_THEY_ARE = ("signed_in", "mfa", "mfa_age", "source_ip", "region", "secure")


def _moment(case: Case, text: str) -> datetime:
    """Return a moment by the sandbox's clock: a span from now, or a date."""
    if text[:1] in {"+", "-"}:
        return case.sandbox.time_at(case.origin.received_at) + span_of(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def circumstances_of(
    case: Case, asks: Mapping[str, Any], known: Circumstances | None = None
) -> Circumstances:
    """Return the circumstances that a check names, on top of those that are known."""
    now = known or Circumstances()
    given = {name: asks[name] for name in _AS_THEY_ARE if name in asks}
    if "at" in asks:
        given["at"] = _moment(case, str(asks["at"]))
    context = {
        key: tuple(value) if isinstance(value, list) else str(value)
        for key, value in asks.get("context", {}).items()
    }
    if not given and not context:
        return now
    return replace(now, **given, context={**now.context, **context})


def in_words(asks: Mapping[str, Any]) -> str:
    """Return circumstances as the end of a sentence: ` with MFA, from 198.51.100.7`."""
    parts = []
    if asks.get("signed_in"):
        parts.append("signed in to the console")
    if "mfa_age" in asks:
        parts.append(f"with MFA given {asks['mfa_age']} seconds ago")
    elif "mfa" in asks:
        parts.append("with MFA" if asks["mfa"] else "without MFA")
    if "at" in asks:
        span = str(asks["at"])
        parts.append(f"{span[1:]} later" if span.startswith("+") else f"at {span}")
    if "source_ip" in asks:
        parts.append(f"from {asks['source_ip']}")
    if "region" in asks:
        parts.append(f"in {asks['region']}")
    if asks.get("secure") is False:
        parts.append("without TLS")
    parts += [f"with {key} {value}" for key, value in asks.get("context", {}).items()]
    return (" " + ", ".join(parts)) if parts else ""
