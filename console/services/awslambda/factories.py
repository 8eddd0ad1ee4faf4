"""Factories of functions; only seeds and tests import them."""

from collections.abc import Iterable, Mapping
from typing import Any

from factory import Sequence, SubFactory

from console.services.awslambda.calls import package_of
from console.services.awslambda.models import CALLS, DEFAULTS, LambdaFunction
from console.services.awslambda.permissions import SCENARIO_KEYS
from iam.arns import role_arn
from iam.catalogue.regions import HOME_REGION
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested


class LambdaFunctionFactory(RequestFactory[LambdaFunction]):
    """A function with a role, by its name or ARN; `calls` is what it calls, one line a call."""

    class Meta:
        model = LambdaFunction

    account = SubFactory(AccountFactory)
    name = Sequence(lambda n: f"function-{n}")
    role = ""
    runtime = DEFAULTS["runtime"]
    handler = DEFAULTS["handler"]
    description = ""
    timeout = DEFAULTS["timeout"]
    memory = DEFAULTS["memory"]
    calls = ""
    environment: dict[str, str] = {}
    permissions: Iterable[Mapping[str, str]] = ()
    region = HOME_REGION
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> LambdaFunction:
        """Create the function."""
        account, role = given["account"], given["role"]
        calls = {CALLS: given["calls"]} if given["calls"] else {}
        params = {
            "FunctionName": given["name"],
            "Role": role if role.startswith("arn:") else role_arn(account.account_id, role),
            "Runtime": given["runtime"],
            "Handler": given["handler"],
            "Description": given["description"],
            "Timeout": given["timeout"],
            "MemorySize": given["memory"],
            "Environment": {"Variables": {**given["environment"], **calls}},
            "Code": {"ZipFile": package_of(given["calls"])},
            "Tags": given["tags"],
        }
        at = given["received_at"], given["region"]
        requested(account, "lambda:CreateFunction", params, *at)
        for one in given["permissions"]:
            requested(account, "lambda:AddPermission", _asked(given["name"], one), *at)
        rows = LambdaFunction.in_sandbox(account.sandbox)
        row: LambdaFunction = rows.get(account=account, region=at[1], name=given["name"])
        row.account = account
        return row


def _asked(name: str, permission: Mapping[str, str]) -> dict[str, str]:
    found = {SCENARIO_KEYS[key]: value for key, value in permission.items()}
    return {"FunctionName": name, "Action": "lambda:InvokeFunction", **found}
