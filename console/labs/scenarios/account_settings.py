"""What a scenario's accounts have set: password policy, STS, central root access, analyzers.

This is set last: the passwords that are handed out need not follow the password policy.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from console.labs.scenarios.reader import Data
from iam.actions.password_policy import COLUMNS
from iam.catalogue.regions import HOME_REGION
from iam.factories.requests import requested
from iam.models import Account

_FEATURES = {
    "RootCredentialsManagement": "iam:EnableOrganizationsRootCredentialsManagement",
    "RootSessions": "iam:EnableOrganizationsRootSessions",
}


def _password_policy(row: Mapping[str, Any]) -> dict[str, Any]:
    return {member: row[column] for member, column in COLUMNS.items() if column in row}


def apply_settings(account: Account, row: Data, moment: datetime) -> None:
    """Set what an account's part of the file says; raises AwsError."""
    if "password_policy" in row:
        policy = _password_policy(row["password_policy"])
        requested(account, "iam:UpdateAccountPasswordPolicy", policy, moment)
    sts = row.get("sts", {})
    if "global_endpoint_tokens" in sts:
        version = {"GlobalEndpointTokenVersion": f"{sts['global_endpoint_tokens']}Token"}
        requested(account, "iam:SetSecurityTokenServicePreferences", version, moment)
    for region in sts.get("inactive_regions", ()):
        status = {"Region": region, "Status": "Inactive"}
        requested(account, "iam:UpdateSecurityTokenServiceRegion", status, moment)
    for feature in row.get("organization_features", ()):
        requested(account, _FEATURES[feature], {}, moment)
    for analyzer in row.get("analyzers", ()):
        given = {
            "analyzerName": analyzer["name"],
            "type": analyzer.get("type", "ACCOUNT"),
            "tags": analyzer.get("tags", {}),
        }
        region = analyzer.get("region", HOME_REGION)
        requested(account, "access-analyzer:CreateAnalyzer", given, moment, region)
