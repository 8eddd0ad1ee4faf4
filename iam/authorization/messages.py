"""Authorization messages: the sealed details of a denial."""

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from iam.authorization.applied_policies import AppliedPolicy
from iam.authorization.decisions import Authorization
from iam.callers import Caller
from iam.engine import Request, StatementRef, Verdict, statements_in
from iam.models.seals import SealBroken, seal, unseal

_PURPOSE = "authorization-message"


class NoMessage(ValueError):
    """The text is no authorization message of the caller's account."""


def _items(values: Iterable[Any]) -> dict[str, Any]:
    return {"items": list(values)}


def _values(texts: Any) -> dict[str, Any]:
    listed = texts if isinstance(texts, list | tuple) else [texts]
    return _items({"value": str(one)} for one in listed)


def _conditions(block: Mapping[str, Any]) -> dict[str, Any]:
    return _items(
        {"operator": operator, "key": key, "values": _values(values)}
        for operator, keys in block.items()
        for key, values in keys.items()
    )


def _statement(answer: Authorization, ref: StatementRef) -> Mapping[str, Any]:
    text = next(one.text for one in answer.applied if _may_hold(one, ref, answer.request))
    return statements_in(text)[ref.index]


def _may_hold(applied: AppliedPolicy, ref: StatementRef, request: Request) -> bool:
    """Return whether a policy has a statement: a user's and a group's may share a name."""
    source = applied.source()
    if (source.name, source.arn) != (ref.source_name, ref.source_arn):
        return False
    here = [one for one in source.policy.statements if one.index == ref.index]
    return any(
        (one.sid, one.effect) == (ref.sid, ref.effect) and one.actions.matches(request.action_key)
        for one in here
    )


def _matched(caller: Caller, answer: Authorization) -> list[dict[str, Any]]:
    matched = []
    for ref in answer.decision.determining:
        statement = _statement(answer, ref)
        matched.append(
            {
                "statementId": ref.sid,
                "effect": ref.effect.value.upper(),
                "principals": _values(caller.principal_id),
                "principalGroups": _items(()),
                "actions": _values(statement.get("Action", statement.get("NotAction", ()))),
                "resources": _values(statement.get("Resource", statement.get("NotResource", ()))),
                "conditions": _conditions(statement.get("Condition", {})),
            }
        )
    return matched


def decision_shape(caller: Caller, answer: Authorization) -> dict[str, Any]:
    """Return the decision in the shape that DecodeAuthorizationMessage documents."""
    denied = answer.decision.verdict is Verdict.EXPLICIT_DENY
    return {
        "allowed": answer.allowed,
        "explicitDeny": denied,
        "matchedStatements": _items(_matched(caller, answer) if denied else ()),
        "failures": _items(()),
        "context": {
            "principal": {
                "id": caller.principal_id,
                "name": caller.name,
                "arn": caller.arn,
            },
            "action": answer.check.action,
            "resource": answer.check.resource,
            "conditions": _items(
                {"key": key, "values": _values(value)}
                for key, value in answer.request.context.items()
            ),
        },
    }


def encoded_message(caller: Caller, answer: Authorization) -> str:
    """Return a denial's details, sealed for the account that they are about."""
    sandbox = caller.sandbox
    kept = [sandbox.pk, sandbox.generation, caller.account_id, decision_shape(caller, answer)]
    return seal(_PURPOSE, zlib.compress(json.dumps(kept).encode(), 9))


def decoded_message(caller: Caller, encoded: str) -> str:
    """Return a message as JSON; raises NoMessage if it is not of the caller's account."""
    try:
        pk, generation, account_id, message = json.loads(zlib.decompress(unseal(_PURPOSE, encoded)))
    except SealBroken as error:
        raise NoMessage from error
    sandbox = caller.sandbox
    if (pk, generation, account_id) != (sandbox.pk, sandbox.generation, caller.account_id):
        raise NoMessage
    return json.dumps(message)
