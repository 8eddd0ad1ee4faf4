"""A page asks the database as often for thirty rows as for three."""

from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from iam.perform import perform
from tests.robustness.cast import Demo, Guest
from tests.robustness.written import BESIDES
from tests.worlds import allow, trust

FEW, MANY = 3, 30


def queries(guest: Guest, url: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = guest.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return [one["sql"] for one in asked.captured_queries]


def grown(demo: Demo, start: int, end: int) -> None:
    """Add users, roles, groups, policies, buckets and objects, each with others attached."""
    world, text = demo.world, allow("s3:GetObject")
    do = world.do
    for n in range(start, end):
        arn = do("CreatePolicy", PolicyName=f"p{n}", PolicyDocument=text)["Policy"]["Arn"]
        do("CreateUser", UserName=f"u{n}")
        do("CreateGroup", GroupName=f"g{n}")
        do("CreateRole", RoleName=f"r{n}", AssumeRolePolicyDocument=trust(world.account_id))
        do("AddUserToGroup", GroupName="Helper", UserName=f"u{n}")
        do("AttachUserPolicy", UserName=f"u{n}", PolicyArn=demo.policy_arn)
        do("AttachRolePolicy", RoleName=f"r{n}", PolicyArn=demo.policy_arn)
        do("AttachGroupPolicy", GroupName=f"g{n}", PolicyArn=demo.policy_arn)
        if n < 8:
            do("AddUserToGroup", GroupName=f"g{n}", UserName="Helper")
            do("AttachUserPolicy", UserName="Helper", PolicyArn=arn)
            do("AttachGroupPolicy", GroupName="Helper", PolicyArn=arn)
            do("AttachRolePolicy", RoleName="Helper", PolicyArn=arn)
            for kind in ("User", "Role", "Group"):
                given = {f"{kind}Name": "Helper", "PolicyName": f"i{n}", "PolicyDocument": text}
                do(f"Put{kind}Policy", **given)
        perform(world.root(), "s3:CreateBucket", {"Bucket": f"bucket-{n}"})
        body = {"Bucket": demo.bucket, "Key": f"k{n}", "Body": b"x"}
        perform(world.root(), "s3:PutObject", body)


def pages(demo: Demo) -> list[str]:
    helper: dict[str, Any] = {"args": ["Helper"]}
    names = ["iam_dashboard", "users", "groups", "roles", "policies", "buckets", "user_create"]
    names += ["cloudtrail_events", "group_create", "start"]
    urls = [reverse(name) for name in names]
    for name in ("user", "group", "role"):
        tabs = ("permissions", "groups", "users", "trust", "tags", "accessed", "credentials")
        urls += [f"{reverse(name, **helper)}?tab={tab}" for tab in tabs]
    policy = f"{reverse('policy')}?arn={quote(demo.policy_arn, safe='')}"
    urls += [f"{policy}&tab={tab}" for tab in ("permissions", "entities", "versions", "tags")]
    urls += [reverse("attach_policies", args=[k, "Helper"]) for k in ("users", "groups", "roles")]
    urls += [reverse(n, **helper) for n in ("user_groups_add", "group_users_add", "trust_edit")]
    urls += [reverse("bucket", args=[demo.bucket]), f"{reverse('search')}?q=u"]
    return [*urls, f"{reverse('policy_attach')}?arn={quote(demo.policy_arn, safe='')}"]


def test_a_page_asks_as_often_for_many_as_for_few(demo: Demo) -> None:
    guest = Guest().enter(demo, "admin")
    grown(demo, 0, FEW)
    few = {url: queries(guest, url) for url in pages(demo)}
    grown(demo, FEW, MANY)
    more = {}
    for url in pages(demo):
        many = queries(guest, url)
        if len(many) > len(few[url]) + 2:  # pruning of events, now and then
            more[url] = (len(few[url]), len(many), [q for q in many if q not in few[url]][:4])
    assert more == {}


def test_a_list_opens_no_transaction_but_for_its_events(demo: Demo) -> None:
    guest = Guest().enter(demo, "admin")
    wrong = {}
    for url in pages(demo):
        statements = queries(guest, url)
        begun = [i for i, s in enumerate(statements) if s.startswith(("BEGIN", "SAVEPOINT"))]
        early = [
            statements[i + 1][:90]
            for i in begun
            if i + 1 < len(statements) and not BESIDES.search(statements[i + 1])
        ]
        if early:
            wrong[url] = early
    assert wrong == {}
