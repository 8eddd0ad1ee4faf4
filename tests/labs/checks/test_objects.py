"""Checks on objects: their tags count, and no object costs a query of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.labs.checks import judge
from tests.labs.checks.labs import ADMINISTRATOR, allow, lab_of, policy, result_of, trial_of

pytestmark = pytest.mark.django_db

DATA = "arn:aws:s3:::kinds-objects"
RED = {"StringEquals": {"s3:ExistingObjectTag/team": "red"}}


def world(count=1):
    objects = {f"{number}.txt": "x" for number in range(count)}
    return {
        "users": [
            {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
            {
                "account": "you",
                "name": "dev",
                "inline": {"a": policy(allow("s3:GetObject", f"{DATA}/*", Condition=RED))},
            },
        ],
        "buckets": [{"account": "you", "name": "kinds-objects", "objects": objects}],
    }


def tagged(key, team):
    tags = {"TagSet": [{"Key": "team", "Value": team}]}
    params = {"Bucket": "kinds-objects", "Key": key, "Tagging": tags}
    return {"call": {"s3:PutObjectTagging": params}}


@pytest.mark.parametrize(("team", "passed"), [("red", True), ("blue", False)])
def test_the_tags_of_an_object_decide(tmp_path, team, passed):
    check = {"can": {"as": "you/dev", "action": "s3:GetObject", "resource": f"{DATA}/0.txt"}}

    assert result_of(tmp_path, world(), check, tagged("0.txt", team)).passed is passed


def test_more_objects_take_no_more_queries(tmp_path):
    counts = []
    for count in (1, 20):
        check = {"can": {"as": "you/admin", "action": "s3:GetObject", "resource": f"{DATA}/*"}}
        lab = lab_of(tmp_path, world(count), {"name": "checked", **check})
        case = trial_of(lab).case()
        with CaptureQueriesContext(connection) as queries:
            assert judge(case)[0].solved
        counts.append(len(queries))
    assert counts[0] == counts[1]
