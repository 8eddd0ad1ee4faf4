"""The servers' limits stand above the largest token and the longest presigned URL."""

from base64 import urlsafe_b64encode
from hashlib import sha512

import urllib3

from tests.endpoint.clients import Clients, keys_of, refusal
from tests.worlds import allow, make_world, trust


def _longest_policy(characters: int) -> str:
    """Return a session policy of this length that hardly packs at all."""
    digests = (sha512(bytes([n])).digest() for n in range(40))
    noise = urlsafe_b64encode(b"".join(digests)).decode()
    around = len(allow("s3:*", resource="arn:aws:s3:::"))
    return allow("s3:*", resource=f"arn:aws:s3:::{noise[: characters - around]}")


def test_a_large_token_and_the_longest_presigned_url_reach_the_endpoint(endpoint: str):
    world = make_world("alice")
    world.add_user("admin", allow("*"))
    keys = keys_of(world.do("CreateAccessKey", UserName="admin")["AccessKey"])
    clients = Clients(endpoint, in_process=False)
    role = world.do("CreateRole", RoleName="R", AssumeRolePolicyDocument=trust(world.account_id))
    asked = {"RoleArn": role["Role"]["Arn"], "RoleSessionName": "large"}
    sts = clients("sts", keys)
    answer = sts.assume_role(**asked, Policy=_longest_policy(550))
    assert answer["PackedPolicySize"] > 60
    session = keys_of(answer["Credentials"])
    assert "assumed-role/R/large" in clients("sts", session).get_caller_identity()["Arn"]
    s3 = clients("s3", session, signature_version="s3v4")
    key = "é" * 512
    assert refusal(s3.get_object, Bucket="lesson-files", Key=key)[2] in {403, 404}
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "lesson-files", "Key": key})
    assert len(url) > 4_000
    found = urllib3.PoolManager().request("GET", url)
    assert found.status in {403, 404}
    assert b"<Code>" in found.data
