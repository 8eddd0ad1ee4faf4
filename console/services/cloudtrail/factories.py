"""Factories of trails; only seeds and tests import them."""

from typing import Any

from factory import Sequence, SubFactory

from console.services.cloudtrail.models import Trail
from iam.catalogue.regions import HOME_REGION
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested
from iam.wire.tags import tag_list


class TrailFactory(RequestFactory[Trail]):
    """A trail into a bucket that takes its log files; it logs unless told otherwise."""

    class Meta:
        model = Trail

    account = SubFactory(AccountFactory)
    name = Sequence(lambda n: f"trail-{n}")
    region = HOME_REGION
    bucket = ""
    prefix = ""
    multi_region = False
    global_events = True
    selectors: list[dict[str, Any]] = []
    advanced_selectors: list[dict[str, Any]] = []
    tags: dict[str, str] = {}
    logging = True
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Trail:
        """Create the trail, then what it logs."""
        account, at = given["account"], (given["received_at"], given["region"])
        params = {
            "Name": given["name"],
            "S3BucketName": given["bucket"],
            "S3KeyPrefix": given["prefix"],
            "IsMultiRegionTrail": given["multi_region"],
            "IncludeGlobalServiceEvents": given["global_events"],
            "TagsList": tag_list(given["tags"]),
        }
        requested(account, "cloudtrail:CreateTrail", params, *at)
        for member, column in (
            ("EventSelectors", "selectors"),
            ("AdvancedEventSelectors", "advanced_selectors"),
        ):
            if given[column]:
                chosen = {"TrailName": given["name"], member: given[column]}
                requested(account, "cloudtrail:PutEventSelectors", chosen, *at)
        if given["logging"]:
            requested(account, "cloudtrail:StartLogging", {"Name": given["name"]}, *at)
        rows = Trail.in_sandbox(account.sandbox).filter(account=account)
        trail: Trail = rows.get(name=given["name"], home_region=given["region"])
        trail.account = account
        return trail
