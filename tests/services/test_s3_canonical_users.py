"""Canonical users in bucket policies: S3 saves the account that each is.

Sources: hashicorp/terraform 9933 (it is read back as the account's root user); S3 user guide,
*Principals for bucket policies* (both identify the same account).
"""

import json
from typing import Any

import pytest

from iam.perform import AccessDenied, perform
from iam.wire.errors import AwsError
from tests.services.cast import OTHER, OWN, Cast, statement

READ = {"Bucket": "reports", "Key": "key"}


def saved(cast: Cast, principal: Any, **more: Any) -> Any:
    text = statement("s3:GetObject", "arn:aws:s3:::reports/*", Principal=principal, **more)
    perform(cast.root(), "s3:PutBucketPolicy", {"Bucket": "reports", "Policy": text})
    shown = perform(cast.root(), "s3:GetBucketPolicy", {"Bucket": "reports"})["Policy"]
    return json.loads(shown)["Statement"][0]


def canonical(cast: Cast, account: str) -> str:
    found: str = perform(cast.root(account), "s3:ListBuckets", {})["Owner"]["ID"]
    return found


def test_a_canonical_user_is_read_back_as_its_accounts_root_user(cast: Cast) -> None:
    cast.bucket("reports", key="text")
    reader = cast.user("reader", statement("s3:*"), account=OTHER)
    with pytest.raises(AccessDenied):
        perform(reader, "s3:GetObject", READ)
    shown = saved(cast, {"CanonicalUser": canonical(cast, OTHER)})
    assert shown["Principal"] == {"AWS": f"arn:aws:iam::{OTHER}:root"}
    assert perform(reader, "s3:GetObject", READ)["Body"] == b"text"


def test_beside_others_it_joins_the_accounts(cast: Cast) -> None:
    cast.bucket("reports")
    users = [canonical(cast, OTHER), canonical(cast, OWN)]
    named = {"CanonicalUser": users, "AWS": OTHER, "Service": "cloudtrail.amazonaws.com"}
    roots = [f"arn:aws:iam::{account}:root" for account in (OTHER, OTHER, OWN)]
    assert saved(cast, named)["Principal"] == {"Service": named["Service"], "AWS": roots}


def test_the_canonical_user_of_no_account_is_refused(cast: Cast) -> None:
    cast.bucket("reports")
    with pytest.raises(AwsError, match="Invalid principal in policy") as refused:
        saved(cast, {"CanonicalUser": [canonical(cast, OTHER), "79" * 32]})
    assert refused.value.code == "MalformedPolicy"
