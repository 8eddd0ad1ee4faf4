"""Names in a lab's texts: what a text calls by name must be there."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from console.labs.checks import Case
from console.labs.files import LabFile
from console.labs.trials.gates.contents import operation_names
from console.labs.trials.start_world import StartWorld
from iam.arns import Arn, is_aws_managed, parse_arn
from iam.catalogue import (
    condition_keys,
    global_condition_keys,
    managed_policy,
    managed_policy_names,
    service,
    services,
)
from iam.policy_documents import OPERATOR_NAMES, pattern_matches
from iam.wire.shapes import operation_service

_IN_BACKTICKS = re.compile(r"`([^`\n]+)`")
_BETWEEN = re.compile(r"[\s`\"',()]+")
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PREFIXED = re.compile(r"([a-z0-9-]+):([A-Za-z*][A-Za-z0-9*]*)(?:/\S*)?")
_WILD = re.compile(r"[*?…<>$]|\.\.\.")
_SERVICES = ("iam", "sts", "s3", "cloudtrail")
_LANGUAGE = (
    "Version", "Statement", "Sid", "Effect", "Allow", "Deny", "Principal", "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition", "AWS", "Service", "Federated", "Null",
    "ForAllValues", "ForAnyValue", "IfExists", "CanonicalUser", "AccessDenied", "ConsoleLogin",
    "SwitchRole", "ExitRole", "UnauthorizedOperation", "PassRole",
)  # fmt: skip
_CLOSE = 0.8


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _WORD.findall(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _words(key)
            yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)


def _names_of(lab: LabFile) -> set[str]:
    """Return every word of the world, of what happens in it, and of the answers."""
    answers = [lab.solution.steps, *(one.steps for one in lab.alternatives)]
    answers += [one.steps for one in lab.wrong]
    checks = [check.asks for task in lab.tasks for check in task.checks]
    return {*_words([dict(lab.world), lab.history, answers, checks]), *lab.variables}


def _members(service_name: str) -> Iterator[str]:
    model = operation_service(service_name)
    for name in model.shape_names:
        yield name
        yield from getattr(model.shape_for(name), "members", ())


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Return what AWS has names for, in lower case: operations, parameters, policies, operators."""
    words = {*operation_names(), *managed_policy_names(), *_LANGUAGE}
    words |= {name for one in _SERVICES for name in _members(one)}
    for family in OPERATOR_NAMES.values():
        words |= {f"{name}{end}" for name in family for end in ("", "IfExists")}
    for one in services():
        words.add(one.prefix)
    return frozenset(word.lower() for word in words)


def _is_of_aws(prefix: str, name: str) -> bool:
    """Return whether AWS has an action or a condition key of that name; a `*` stands for any."""
    found = service(prefix)
    actions = (*found.actions, *found.later_actions) if found else ()
    if any(
        pattern_matches(f"{prefix}:{name}".lower(), f"{prefix}:{one.name}".lower())
        for one in actions
    ):
        return True
    found_keys = global_condition_keys() if prefix == "aws" else condition_keys(prefix)
    keys = [one.name.lower() for one in found_keys]
    return any(key.partition("/")[0] == f"{prefix}:{name}".lower() for key in keys)


def _arn_is_there(case: Case, arn: Arn, names: set[str]) -> bool:
    if is_aws_managed(str(arn)):
        return managed_policy(str(arn)) is not None
    if arn.service == "s3":
        return arn.resource.partition("/")[0] in names
    ours = {one.account_id for one in case.world.accounts}
    return arn.account not in ours or not arn.name or arn.name in names


def _is_known(case: Case, token: str, names: set[str]) -> bool:
    """Return whether what stands in backticks is there, or is no name at all."""
    prefixed, (account, slash, name) = _PREFIXED.fullmatch(token), token.partition("/")
    if prefixed:
        known = service(prefixed[1]) or prefixed[1] == "aws"
        return not known or _is_of_aws(prefixed[1], prefixed[2])
    if slash and account in case.lab.world["accounts"] and _NAME.fullmatch(name):
        return name in names
    known_words = {one.lower() for one in names}
    if not _NAME.fullmatch(token) or token.lower() in known_words | _vocabulary():
        return True
    plain = token.isupper() or (token.isalpha() and token.islower())
    return plain and not get_close_matches(token, names, 1, _CLOSE)


def _unknown(case: Case, text: str, names: set[str]) -> Iterator[str]:
    for written in _BETWEEN.split(text):
        arn = parse_arn(written)
        if arn and not _WILD.search(written) and not _arn_is_there(case, arn, names):
            yield written
    for token in _IN_BACKTICKS.findall(text):
        if not _is_known(case, token, names):
            yield token


def _texts(lab: LabFile) -> Iterator[tuple[str, str]]:
    yield from lab.texts.items()
    for task, hints in lab.hints.items():
        for number, hint in enumerate(hints, start=1):
            yield f"Hint {number} of `{task}`", hint.text
    for key, message in lab.messages.items():
        yield f"The message `{key}`", message


def unknown_names_in_texts(start: StartWorld) -> Iterator[str]:
    """Find names in texts, hints and messages that stand for nothing, in the world or at AWS.

    A name is an ARN, or in backticks an action, a condition key, `account/name`, or a word with a
    capital or a hyphen; of plain words only those that nearly are a name of the world. A beginner
    who looks for a thing that is not there loses the lab.
    """
    case, names = start.case(), _names_of(start.lab)
    names |= {word for value in start.values.values() for word in _words(value)}
    for where, text in _texts(start.lab):
        for unknown in dict.fromkeys(_unknown(case, case.fill(text, {}), names)):
            yield f"{where} names `{unknown}`, and there is none."
