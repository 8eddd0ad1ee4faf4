"""A statement that *Why?* gives to an editor: `?statement=`."""

import json

from django.http import HttpRequest

from iam.policy_documents import as_list

_MOST = 4000


def with_given_statement(request: HttpRequest, document: str) -> str:
    """Return a policy with the address's statement at its end; as it is without one."""
    given = request.GET.get("statement", "")
    if not given or len(given) > _MOST:
        return document
    try:
        statement = json.loads(given)
        policy = json.loads(document or '{"Version": "2012-10-17", "Statement": []}')
    except (ValueError, RecursionError):
        return document
    if not isinstance(policy, dict) or not isinstance(statement, dict):
        return document
    policy["Statement"] = [*as_list(policy.get("Statement", [])), statement]
    return json.dumps(policy, indent=4, ensure_ascii=False)
