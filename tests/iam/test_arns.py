"""What is an ARN, what its parts are, and that what the builders write is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam import arns
from iam.arns import Arn, parse_arn, parse_iam_arn

ACCOUNT = "111122223333"
PARSED = {
    "arn:aws:iam::111122223333:root": ("", "", "/", ""),
    "arn:aws:iam::111122223333:role/Admin": ("role", "Admin", "/", "Admin"),
    "arn:aws:iam::111122223333:role/a/b/Admin": ("role", "a/b/Admin", "/a/b/", "Admin"),
    "arn:aws:iam::111122223333:role//Admin": ("role", "/Admin", "//", "Admin"),
    "arn:aws:iam::111122223333:role/a/": ("role", "a/", "/a/", ""),
    "arn:aws:iam::111122223333:role/a:b": ("role", "a:b", "/", "a:b"),
    "arn:aws:iam::111122223333:role": ("", "", "/", ""),
    "arn:aws:iam::111122223333:/": ("", "", "/", ""),
    "arn:aws:iam::aws:policy/job-function/Billing": (
        "policy",
        "job-function/Billing",
        "/job-function/",
        "Billing",
    ),
    "arn:aws-cn:sts::111122223333:assumed-role/R/s": ("assumed-role", "R/s", "/R/", "s"),
    "arn:aws:s3:::bucket/a:b/c": ("bucket", "a:b/c", "/a:b/", "c"),
    "arn:aws:sns:eu-west-1:111122223333:topic:with:colons": ("", "", "/", ""),
    "arn:aws:cloudtrail:eu-west-1:111122223333:trail/T": ("trail", "T", "/", "T"),
    "arn:aws:iam::111122223333:role/line\nbreak/R": ("role", "line\nbreak/R", "/line\nbreak/", "R"),
}
NO_ARN = (
    "",
    "*",
    "arn",
    "arn:",
    ACCOUNT,
    "ec2.amazonaws.com",
    "arn:aws:iam::111122223333",
    "arn:aws:iam::111122223333:",
    "arn::iam::111122223333:root",
    "arn:aws:::111122223333:root",
    "ARN:aws:iam::111122223333:root",
    " arn:aws:iam::111122223333:root",
    "arn:aws:iam:111122223333:root",
)
NO_ROLE = (
    "arn:aws-cn:iam::111122223333:role/R",
    "arn:aws:sts::111122223333:role/R",
    "arn:aws:iam:us-east-1:111122223333:role/R",
    "arn:aws:iam:::role/R",
    "arn:aws:iam::aws:role/R",
    "arn:aws:iam::11112222333:role/R",
    "arn:aws:iam::1111222233334:role/R",
    "arn:aws:iam::\u0661\u0661\u0661\u0661\u0662\u0662\u0662\u0662\u0663\u0663\u0663\u0663:role/R",
    "arn:aws:iam::111122223333:role",
    "arn:aws:iam::111122223333:roles/R",
    "arn:aws:iam::111122223333:user/R",
    "arn:aws:iam::111122223333:",
    "111122223333",
)
NAMED = {
    "111122223333": ACCOUNT,
    "arn:aws:iam::111122223333:root": ACCOUNT,
    "arn:aws:iam::111122223333": ACCOUNT,
    "111122223333:root": ACCOUNT,
    "arn:aws:iam::111122223333:root:root": "",
    "arn:aws:iam::arn:aws:iam::111122223333:root": "",
    "arn:aws-cn:iam::111122223333:root": "",
    "arn:aws:iam::111122223333:user/root": "",
    "1111-2222-3333": "",
    "": "",
}
# What stands in an account's place: as an account ID, and whatever it is.
ACCOUNTS = {
    "arn:aws:iam::111122223333:role/R": (ACCOUNT, ACCOUNT),
    "arn:aws:s3:::bucket": ("", ""),
    "arn:aws:iam::aws:policy/P": ("", "aws"),
    "arn:aws:iam::alias:role/R": ("", "alias"),
    "arn:aws:iam::111122223333": ("", ACCOUNT),
    "a:b:c:d:111122223333:": (ACCOUNT, ACCOUNT),
    "111122223333": ("", ""),
    "*": ("", ""),
}
field = st.text(st.characters(exclude_characters=":", exclude_categories=["Cs"]), max_size=8)
part = field.filter(bool)
parsed = st.builds(Arn, part, part, field, field, st.text(min_size=1))
account = st.from_regex(r"[0-9]{12}", fullmatch=True)
name = st.from_regex(r"[\w+=,.@-]{1,12}", fullmatch=True)
path = st.from_regex(r"/|(/[\w+=,.@:-]{1,6}){1,3}/", fullmatch=True)


@pytest.mark.parametrize("text", PARSED)
def test_an_arn_has_a_type_an_id_a_path_and_a_name(text):
    arn = parse_arn(text)
    assert arn is not None
    assert (arn.type, arn.id, arn.path, arn.name) == PARSED[text]
    assert str(arn) == text


@pytest.mark.parametrize("text", NO_ARN)
def test_a_text_without_a_required_field_is_no_arn(text):
    assert parse_arn(text) is None


@pytest.mark.parametrize("text", NO_ROLE)
def test_an_arn_of_iam_is_of_one_account_and_of_the_type_asked_for(text):
    assert parse_iam_arn(text, "role") is None
    assert parse_iam_arn("arn:aws:iam::111122223333:role/", "user", "role") is not None


@pytest.mark.parametrize("text", NAMED)
def test_an_account_is_named_by_its_id_or_its_root_user(text):
    assert arns.account_named(text) == NAMED[text]


@pytest.mark.parametrize("text", ACCOUNTS)
def test_the_account_of_an_arn_is_its_fifth_field(text):
    assert (arns.account_of(text), arns.account_field(text)) == ACCOUNTS[text]


@pytest.mark.parametrize(
    "text", ["", "11112222333", "1111222233334", "11112222333a", "\u0661" * 12]
)
def test_an_account_id_is_twelve_digits(text):
    assert arns.is_account_id(ACCOUNT)
    assert not arns.is_account_id(text)


@given(parsed)
def test_an_arn_written_is_read_back(arn):
    assert parse_arn(str(arn)) == arn


@given(st.text())
def test_an_arn_read_is_written_as_it_was(text):
    for one in (text, f"arn:aws:iam::{text}"):
        arn = parse_arn(one)
        assert arn is None or str(arn) == one


@given(account, name, path)
def test_what_iam_has_is_read_back(account, name, path):
    types = {
        "user": arns.user_arn,
        "role": arns.role_arn,
        "policy": arns.policy_arn,
        "mfa": arns.mfa_arn,
    }
    for type_, build in types.items():
        arn = parse_iam_arn(build(account, name, path), *types)
        assert arn is not None
        assert (arn.account, arn.type, arn.path, arn.name) == (account, type_, path, name)


@given(account, name, name, path)
def test_what_the_builders_write_is_read_back(account, name, other, path):
    folder = path[1:]
    written = {
        arns.root_arn(account): Arn("aws", "iam", "", account, "root"),
        arns.aws_policy_arn(name, path): Arn("aws", "iam", "", "aws", f"policy{path}{name}"),
        arns.saml_provider_arn(account, name): Arn(
            "aws", "iam", "", account, f"saml-provider/{name}"
        ),
        arns.oidc_provider_arn(account, folder + name): Arn(
            "aws", "iam", "", account, f"oidc-provider/{folder}{name}"
        ),
        arns.assumed_role_arn(account, name, other): Arn(
            "aws", "sts", "", account, f"assumed-role/{name}/{other}"
        ),
        arns.federated_user_arn(account, name): Arn(
            "aws", "sts", "", account, f"federated-user/{name}"
        ),
        arns.control_policy_arn(account, name): Arn(
            "aws", "organizations", "", account, f"policy/{name}"
        ),
        arns.aws_control_policy_arn(name): Arn("aws", "organizations", "", "aws", f"policy/{name}"),
        arns.bucket_arn(name): Arn("aws", "s3", "", "", name),
        arns.object_arn(name, folder + other): Arn("aws", "s3", "", "", f"{name}{path}{other}"),
        arns.trail_arn(other, account, name): Arn(
            "aws", "cloudtrail", other, account, f"trail/{name}"
        ),
        arns.ec2_arn(other, account, "instance", name): Arn(
            "aws", "ec2", other, account, f"instance/{name}"
        ),
    }
    assert all(parse_arn(text) == arn for text, arn in written.items())
    assert arns.account_named(arns.root_arn(account)) == account
    assert arns.account_of(arns.root_arn(account)) == account
    assert arns.is_aws_managed(arns.aws_policy_arn(name, path))
    assert not arns.is_aws_managed(arns.policy_arn(account, name, path))
    assert arns.name_in(arns.role_arn(account, name, path)) == name
