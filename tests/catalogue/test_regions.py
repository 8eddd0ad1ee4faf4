"""Regions: their codes and names, and the services that have none."""

import pytest

from iam.catalogue.regions import (
    DEFAULT_REGIONS,
    HOME_REGION,
    codes_of_all_partitions,
    is_global,
    is_opt_in,
    region_city,
    region_codes,
    region_label,
    region_name,
)


def test_the_home_region_is_the_first_that_the_console_offers():
    assert DEFAULT_REGIONS[0] == HOME_REGION == "us-east-1"


def test_every_default_region_is_one_of_the_standard_partition():
    assert set(DEFAULT_REGIONS) < region_codes() < codes_of_all_partitions()


def test_every_default_region_has_a_name_of_its_own():
    names = {region_name(code) for code in DEFAULT_REGIONS}
    assert len(names) == 17
    assert not names & set(DEFAULT_REGIONS)


@pytest.mark.parametrize(
    ("code", "name", "city"),
    [
        ("us-east-1", "US East (N. Virginia)", "N. Virginia"),
        ("eu-central-1", "Europe (Frankfurt)", "Frankfurt"),
        ("sa-east-1", "South America (São Paulo)", "São Paulo"),
    ],
)
def test_a_region_is_named_as_the_console_names_it(code, name, city):
    assert region_name(code) == name
    assert region_city(code) == city
    assert region_label(code) == f"{name} {code}"


@pytest.mark.parametrize("shown", [region_name, region_city, region_label])
def test_an_opt_in_region_goes_by_its_code(shown):
    assert is_opt_in("af-south-1")
    assert shown("af-south-1") == "af-south-1"


def test_no_pseudo_region_of_a_global_endpoint_is_a_region():
    assert "aws-global" not in region_codes()
    assert [code for code in codes_of_all_partitions() if code.endswith("global")] == []


@pytest.mark.parametrize("service", ["iam", "organizations", "cloudfront"])
def test_a_global_service_is_one_for_all_regions(service):
    assert is_global(service)


@pytest.mark.parametrize("service", ["sts", "s3", "ec2", "cloudtrail", "lambda"])
def test_any_other_service_has_regions(service):
    assert not is_global(service)
