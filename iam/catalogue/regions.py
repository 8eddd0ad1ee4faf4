"""Which Regions are enabled by default, and which an account opts in to.

Source: AWS Account Management Reference Guide, *Enable or disable AWS Regions*, 2026.
"""

DEFAULT_REGIONS = frozenset(
    {
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ca-central-1",
        "eu-central-1",
        "eu-north-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
    }
)


def is_opt_in(region: str) -> bool:
    """Tell whether a Region is one that accounts opt in to."""
    return region not in DEFAULT_REGIONS
