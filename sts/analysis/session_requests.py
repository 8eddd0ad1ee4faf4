"""A request for a session, as parameters of STS's operations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from iam.analysis import SESSION_NAME
from iam.wire.tags import tag_list


@dataclass(frozen=True)
class SessionRequest:
    """A request for a session, without the role.

    `policy` is a document, `duration` seconds. `mfa` sends the code of an MFA device along: a
    user, or the root user, counts as having one.
    """

    session_name: str = SESSION_NAME
    external_id: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    transitive_tag_keys: tuple[str, ...] = ()
    policy: str = ""
    policy_arns: tuple[str, ...] = ()
    source_identity: str = ""
    duration: int | None = None
    mfa: bool = False

    def limits(self) -> dict[str, Any]:
        """Return the parameters that limit a session: policies and duration."""
        given = {
            "Policy": self.policy,
            "PolicyArns": [{"arn": arn} for arn in self.policy_arns],
            "DurationSeconds": self.duration,
        }
        return {name: value for name, value in given.items() if value}

    def tag_list(self) -> dict[str, Any]:
        return {"Tags": tag_list(self.tags)} if self.tags else {}

    def params(self, role_arn: str) -> dict[str, Any]:
        given = {
            "ExternalId": self.external_id,
            "TransitiveTagKeys": list(self.transitive_tag_keys),
            "SourceIdentity": self.source_identity,
        }
        return {
            "RoleArn": role_arn,
            "RoleSessionName": self.session_name,
            **{name: value for name, value in given.items() if value},
            **self.limits(),
            **self.tag_list(),
        }
