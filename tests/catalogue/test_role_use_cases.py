"""The use cases of the wizard *Create role*: what they name exists."""

from collections import Counter

from iam.catalogue import managed_policy
from iam.catalogue.role_use_cases import role_use_cases
from iam.catalogue.service_principals import Standing, standing_of

CASES = [one for rows in role_use_cases().values() for one in rows]


def test_a_use_case_has_a_name_of_its_own():
    """The wizard keeps the name alone."""
    assert set(Counter(one.name for one in CASES).values()) == {1}


def test_a_use_case_trusts_a_service_and_has_policies_that_there_are():
    for one in CASES:
        assert standing_of(one.principal) is Standing.KNOWN, one
        assert all(managed_policy(arn) for arn in one.policies), one
        assert one.description[:5] in {"Allow", "Provi"}, one


def test_the_services_chosen_most_often_stand_first():
    assert list(role_use_cases())[:2] == ["EC2", "Lambda"]
