"""`manage.py evaluate`: one request with its policies in, one decision out, both plain JSON."""

import json
import re
from collections.abc import Mapping
from typing import Any

from iam.arns import Arn, account_of, parse_arn
from iam.engine.decision.flow import decide
from iam.engine.decision.layer_index import PolicySource
from iam.engine.decision.layer_results import LayerResult
from iam.engine.decision.policies import LayeredPolicies
from iam.engine.decision.policy import parse_policy
from iam.engine.document.json_text import SYNTAX
from iam.engine.document.quotes import quoted
from iam.engine.errors import PolicyError
from iam.engine.explanation.denial_sentences import denial_message
from iam.engine.principal_arn import known_by_context, principal_named
from iam.engine.request import Request
from iam.engine.terms import Verdict

_REGION = re.compile(r"[a-z0-9-]*")
_TRUST_ACTIONS = ("sts:assumerole", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext")


class InvalidLineError(ValueError):
    """A line that is no request: what is wrong with it."""


def evaluate_text(text: str | bytes) -> str:
    """Decide one line of JSON; a line that is wrong is answered with its error."""
    try:
        line = json.loads(text, object_pairs_hook=_without_duplicates)
        if not isinstance(line, dict):
            raise InvalidLineError("A line is a JSON object")
    except PolicyError as error:
        return json.dumps(_error(error.code, error.message))
    except (ValueError, RecursionError) as error:
        return json.dumps(_error("ValidationError", f"Not a request in JSON: {error}"))
    return json.dumps(evaluate_line(line))


def evaluate_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """Decide a request as the design's contract has it; nothing is derived, no clock is read."""
    try:
        request = _request(line)
        policies = _policies(line, request)
    except PolicyError as error:
        return _error(error.code, error.message)
    except InvalidLineError as error:
        return _error("ValidationError", str(error))
    except RecursionError:
        return _error("MalformedPolicyDocument", SYNTAX)
    decision = decide(request, policies)
    denied = decision.verdict is not Verdict.ALLOW
    return {
        "decision": decision.verdict.value,
        "message": denial_message(request, decision, trust=policies.trust) if denied else "",
        "checks": [_check(check) for check in decision.checks],
    }


def _request(line: Mapping[str, Any]) -> Request:
    named = _text(line, "principal")
    principal = principal_named(named)
    if principal is None:
        raise InvalidLineError(f"`{quoted(named)}` is no ARN, service name or `anonymous`")
    resource = _text(line, "resource", "*")
    account = _text(line, "resourceAccount", account_of(resource) or principal.account)
    context = _context(line)
    principal = known_by_context(principal, context)
    return Request(principal, _text(line, "action"), resource, account, context)


def _context(line: Mapping[str, Any]) -> dict[str, str | tuple[str, ...]]:
    given = line.get("context") or {}
    if not isinstance(given, dict):
        raise InvalidLineError("`context` maps keys to a text or a list of texts")
    return {
        key: tuple(map(_value, value)) if isinstance(value, list) else _value(value)
        for key, value in given.items()
        if value is not None
    }


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise InvalidLineError("`context` maps keys to a text or a list of texts")


def _policies(line: Mapping[str, Any], request: Request) -> LayeredPolicies:
    resource = _sources(line, "resourcePolicy")
    boundary = _sources(line, "permissionsBoundary")
    arn = parse_arn(request.resource)
    return LayeredPolicies(
        identity=_sources(line, "identityPolicies"),
        resource=resource[0] if resource else None,
        trust=request.action_key.startswith(_TRUST_ACTIONS) and _is_role(arn),
        # A key always has a policy; a line without one leaves it unknown.
        resource_must_allow=bool(resource) and _is_key(arn),
        boundary=boundary[0] if boundary else None,
        session=_sources(line, "sessionPolicies"),
        scps=_levels(line, "serviceControlPolicies"),
        rcps=_levels(line, "resourceControlPolicies"),
    )


def _is_role(arn: Arn | None) -> bool:
    if arn is None or not arn.is_of_account or not arn.id:
        return False
    return (arn.service, arn.region, arn.type) == ("iam", "", "role")


def _is_key(arn: Arn | None) -> bool:
    if arn is None or not arn.is_of_account or not arn.id:
        return False
    in_region = _REGION.fullmatch(arn.region) is not None
    return in_region and (arn.service, arn.type) == ("kms", "key")


def _levels(line: Mapping[str, Any], name: str) -> tuple[tuple[PolicySource, ...], ...]:
    levels = line.get(name) or []
    if not isinstance(levels, list) or not all(isinstance(level, list) for level in levels):
        raise InvalidLineError(f"`{name}` is a list of levels, each a list of documents")
    return tuple(
        tuple(_source(document, f"{name}[{i}][{j}]") for j, document in enumerate(level))
        for i, level in enumerate(levels)
    )


def _sources(line: Mapping[str, Any], name: str) -> tuple[PolicySource, ...]:
    given = line.get(name)
    if given is None:
        return ()
    if isinstance(given, list):
        return tuple(_source(document, f"{name}[{i}]") for i, document in enumerate(given))
    return (_source(given, name),)


def _source(document: Any, name: str) -> PolicySource:
    text = document if isinstance(document, str) else json.dumps(document)
    return PolicySource(parse_policy(text), name)


def _text(line: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = line.get(name)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or not value:
        raise InvalidLineError(f"`{name}` is a text that is not empty")
    return value


def _check(check: LayerResult) -> dict[str, Any]:
    return {
        "type": check.layer.value,
        "effect": check.effect.value,
        "statements": [
            {"policy": ref.source_name, "sid": ref.sid or ref.index, "effect": ref.effect.value}
            for ref in check.statements
        ],
    }


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise PolicyError(SYNTAX, 1, 1, issue="DUPLICATE_KEY", detail="A key appears twice")
    return value
