"""Markup in every column that may hold somebody's words, straight in the database."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db import models

TEXT = "=1\"'><i data-hostile onclick=alert(1)><img src=x onerror=alert(1) data-hostile>"
SHORT = "=<i data-hostile>"
OPEN: dict[str, str] = {
    "administration.AdministratorAction": "about detail",
    "administration.ClassImport": "different fault",
    "auth.User": "first_name last_name email",
    "classes.AuditEntry": "detail",
    "classes.Class": "name",
    "classes.CopySignal": "call note parameter value",
    "awslambda.LambdaFunction": "description environment handler tags",
    "classes.Enrollment": "reference",
    "classes.HelpRequest": "text",
    "classes.Message": "text",
    "classes.Override": "reason",
    "classes.Remark": "text",
    "classes.Seeding": "name fault",
    "classes.Team": "name",
    "cloudtrail.Trail": "prefix delivery_error tags",
    "django_tasks_database.DBTaskResult": "traceback exception_class_path",
    "ec2.Instance": "tags client_token",
    "iam.Account": "name root_email organizational_unit",
    "iam.Document": "text",
    "iam.CredentialReport": "content",
    "iam.Event": "user_name error_code resources record",
    "iam.InstanceProfile": "tags",
    "iam.MfaDevice": "tags",
    "iam.OidcProvider": "client_ids tags",
    "iam.Policy": "description tags",
    "iam.Role": "description tags",
    "iam.SamlProvider": "tags",
    "iam.Sandbox": "name outside_accounts",
    "iam.ServerCertificate": "tags",
    "iam.User": "tags",
    "labs.CheckFailure": "decisive",
    "labs.GateRun": "step error faults",
    "labs.LabDraftFile": "text",
    "labs.LabVersion": "note",
    "labs.Scenario": "name text",
    "labs.SiteUser": "display_name",
    "lti.Platform": "name issuer client_id deployment_id login_url token_url keys_url members_url",
    "s3.Bucket": "tags",
    "s3.StoredObject": "key content_type metadata tags",
    "s3.Upload": "key",
    "sts.Person": "full_name email groups tags",
    "tokens.ApiToken": "name",
    "webhooks.Delivery": "error body",
    "webhooks.Webhook": "url",
}
"""Columns that hold what somebody typed or sent, or words made of it."""
_CLOSED: dict[str, str] = {
    "IDs, hashes and addresses that the site makes": (
        "public_id hash unique_id account_id salt slug key access_key_id certificate_id "
        "fingerprint principal_id key_id etag checksums upload_id instance_id reservation_id "
        "image_id request_hash association_id profile_id scenario_id token lab_hash "
        "organization_id owner_account_id state nonce ends judged_at items_url points session_key "
        "codename operation bodies object_id args_kwargs worker_ids return_value states "
        "arrival code_hash"
    ),
    "sealed, signed or hashed": (
        "sealed_secret sealed_seed sealed_key password root_password secret previous session_data "
        "session private_keys"
    ),
    "one of a few values": (
        "type source status mode solution reveal grade role assertion_encryption_mode region "
        "home_region last_used_region last_used_service instance_type time_zone join_code action "
        "scopes queue_name backend_name app_label model inactive_sts_regions "
        "organization_features analyzers runtime"
    ),
    "names that AWS's pattern lets no markup into": (
        "name path start_name alias boundary_arn policy_arn arn role_arn provider_arn profile_arn "
        "bucket_name group targets thumbprints username subject"
    ),
    "certificates, keys and files that are parsed before they are stored": (
        "body chain certificate metadata keys url scenario files selectors advanced_selectors "
        "trust_bound policy_bound public_access_block headers attributes initiator"
    ),
    "names in a lab's files": ("lab task check_name task_path"),
    "what the site computes of all this": (
        "decisions summary report variables samples start terms results latched parts missing "
        "denied question value object_repr change_message"
    ),
}
CLOSED = {name: reason for reason, names in _CLOSED.items() for name in names.split()}
"""Why the other columns hold no markup, by their names."""


def columns() -> Iterator[tuple[str, models.Field[Any, Any]]]:
    """Yield every column of text or JSON, with the label of its model."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                yield model._meta.label, field


def spoil() -> int:
    """Write markup into the open columns of every row; return how many values."""
    written = 0
    for label, field in columns():
        if field.name not in OPEN.get(label, "").split():
            continue
        rows: Any = apps.get_model(label)._base_manager
        for pk, value in rows.values_list("pk", field.name):
            written += rows.filter(pk=pk).update(**{field.name: _spoiled(field, pk, value)})
    return written


def _spoiled(field: models.Field[Any, Any], pk: Any, value: Any) -> Any:
    if field.model._meta.label == "iam.Document":
        return json.dumps({**json.loads(value), "Id": TEXT})
    if not isinstance(field, models.JSONField):
        limit = field.max_length or 1000
        return f"{TEXT}{pk}"[:limit] if limit > 90 else SHORT[:limit]
    if field.name == "record":
        asked = {**(value.get("requestParameters") or {}), TEXT: TEXT}
        return {**value, "userAgent": TEXT, "errorMessage": TEXT, "requestParameters": asked}
    if field.name == "outside_accounts":
        return {"999988887777": TEXT}
    if isinstance(value, dict):
        return {**value, TEXT: TEXT}
    return [{"ResourceType": TEXT, "ResourceName": TEXT}] if field.name == "resources" else [TEXT]


class _Elements(HTMLParser):
    """Looks for an element that is there only if somebody's text became markup."""

    found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= any(name.startswith("data-hostile") for name, _ in attrs)


def becomes_markup(page: str) -> bool:
    """Return whether a page of HTML or SVG has an element or an attribute of the texts'."""
    parser = _Elements()
    parser.feed(page)
    return parser.found or "<i data-hostile" in page
