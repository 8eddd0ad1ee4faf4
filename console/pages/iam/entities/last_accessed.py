"""The tab *Last Accessed*: the services that policies allow, and when each was last tried."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from console.pages.calls import call, call_all
from console.signin.console import console_of
from console.ui.tables import Column, Empty, Table
from console.ui.times import ago

_A_CALL = 200
_NEVER = "Not accessed in the tracking period"
_SERVICE = Column("ServiceName", "Service")
_GRANTED = Column("policies", "Policies granting permissions")
_LAST = Column("last", "Last accessed", sort_key=lambda row: row["order"])
_BY = Column("by", "Last accessed by", kind="wide")
_EMPTY = Empty("No services", "No policy here allows any service.")
_SETTINGS: dict[str, Any] = {"id": "accessed", "title": "Allowed services", "empty": _EMPTY}


def _table(access: str, *columns: Column) -> Table:
    description = (
        f"Last accessed information shows the services that {access} and when those services were "
        "last accessed. Review this data to remove unused permissions."
    )
    return Table(row_key="ServiceNamespace", columns=columns, description=description, **_SETTINGS)


def _granting(request: HttpRequest, arn: str, namespaces: Sequence[str]) -> dict[str, str]:
    """Return the names of the policies that allow each service."""
    key = "PoliciesGrantingServiceAccess"
    names: dict[str, str] = {}
    for start in range(0, len(namespaces), _A_CALL):
        some = list(namespaces[start : start + _A_CALL])
        params = {"Arn": arn, "ServiceNamespaces": some}
        result = call_all(request, f"iam:List{key}", key, 0, **params)
        for row in result.rows(key):
            listed = dict.fromkeys(policy["PolicyName"] for policy in row["Policies"])
            names[row["ServiceNamespace"]] = ", ".join(listed)
    return names


def _row(request: HttpRequest, service: dict[str, Any], policies: str) -> dict[str, Any]:
    now, used = console_of(request).caller.now, service.get("LastAuthenticated")
    return {
        **service,
        "policies": policies,
        "last": ago(used, now) if used else _NEVER,
        "order": -used.timestamp() if used else 0,
        "by": service.get("LastAuthenticatedEntity", "-"),
    }


def last_accessed(request: HttpRequest, arn: str, access: str) -> dict[str, Any]:
    """Return the tab's table; `access` names the subject, as in *this role can access*."""
    entity = ":policy/" not in arn
    table = _table(access, _SERVICE, _GRANTED if entity else _BY, _LAST)
    job = call(request, "iam:GenerateServiceLastAccessedDetails", Arn=arn)
    operation = "iam:GetServiceLastAccessedDetails"
    key = "ServicesLastAccessed"
    found = job if job.error else call_all(request, operation, key, JobId=job.output["JobId"])
    if found.error:
        return {"table": table.view(request, (), refused=found)}
    services = found.rows("ServicesLastAccessed")
    namespaces = [one["ServiceNamespace"] for one in services]
    names = _granting(request, arn, namespaces) if entity else {}
    rows = [_row(request, one, names.get(one["ServiceNamespace"], "-")) for one in services]
    rows.sort(key=lambda row: row["order"])
    return {"table": table.view(request, rows)}
