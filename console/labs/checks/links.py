"""Chains of roles as lab files write them: each role with what the call for it carries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sts.analysis import SessionRequest

_OF_EVERY_LINK = ("external_id", "session_name")
_OF_THE_FIRST = ("tags", "transitive", "source_identity")
_OF_THE_LAST = ("policy", "policy_arns", "duration")


@dataclass(frozen=True)
class Link:
    """A role of a chain, as a reference, and the request for its session."""

    role: str
    request: SessionRequest


def request_of(asks: Mapping[str, Any]) -> SessionRequest:
    """Return what a call of AssumeRole carries, by the words of a lab file."""
    policy = asks.get("policy", "")
    return SessionRequest(
        session_name=asks.get("session_name") or SessionRequest.session_name,
        external_id=asks.get("external_id", ""),
        tags=asks.get("tags", {}),
        transitive_tag_keys=tuple(asks.get("transitive", ())),
        policy=policy if isinstance(policy, str) else json.dumps(policy),
        policy_arns=tuple(asks.get("policy_arns", ())),
        source_identity=asks.get("source_identity", ""),
        duration=asks.get("duration"),
    )


def _name_of(policy_arn: str) -> str:
    return policy_arn.rpartition("/")[2]


def sent_in_words(asks: Mapping[str, Any]) -> str:
    """Return what a call carries as the end of a sentence: ` with the external ID ours`."""
    parts = []
    if asks.get("external_id"):
        parts.append(f"with the external ID {asks['external_id']}")
    if asks.get("tags"):
        tags = ", ".join(f"{key} = {value}" for key, value in asks["tags"].items())
        kept = ", which stay along the chain" if asks.get("transitive") else ""
        parts.append(f"with the session tags {tags}{kept}")
    if asks.get("source_identity"):
        parts.append(f"with the source identity {asks['source_identity']}")
    policies = ["a session policy"] if asks.get("policy") else []
    policies += [f"the session policy {_name_of(arn)}" for arn in asks.get("policy_arns", ())]
    if policies:
        parts.append(f"with {' and '.join(policies)}")
    if asks.get("session_name"):
        parts.append(f"under the name {asks['session_name']}")
    if asks.get("duration"):
        parts.append(f"for {asks['duration']} seconds")
    return (" " + ", ".join(parts)) if parts else ""


def links_of(asks: Mapping[str, Any], roles: list[Any]) -> list[Link]:
    """Return the links of a chain.

    The first call has the tags and the source identity, the last one the session policies and the
    duration, every call the external ID and the session's name. A link of its own,
    `{role: you/Hop, tags: …}`, says what its own call carries.
    """
    links = []
    for place, role in enumerate(roles):
        names = [*_OF_EVERY_LINK]
        names += _OF_THE_FIRST if place == 0 else ()
        names += _OF_THE_LAST if place == len(roles) - 1 else ()
        sent = {name: asks[name] for name in names if name in asks}
        own = role if isinstance(role, Mapping) else {"role": role}
        links.append(Link(own["role"], request_of({**sent, **own})))
    return links
