"""The CLI line beside each call: it can be pasted into a POSIX shell and holds no secret."""

import json
import shlex

from iam.wire.command_line import cli_line
from iam.wire.secrets import without_secrets

TRUST = '{\n  "Version": "2012-10-17",\n  "Statement": [{"Sid": "a  b"}]\n}'


def test_a_role_is_created_by_the_line_of_the_cli():
    line = cli_line("iam:CreateRole", {"RoleName": "s3 full", "AssumeRolePolicyDocument": TRUST})
    words = shlex.split(line)
    assert words[:5] == ["aws", "iam", "create-role", "--role-name", "s3 full"]
    assert words[5] == "--assume-role-policy-document"
    assert json.loads(words[6]) == json.loads(TRUST)
    assert "\n" not in line


def test_s3_is_s3api_and_a_download_names_its_file():
    assert cli_line("s3:ListBuckets", {}) == "aws s3api list-buckets"
    line = cli_line("s3:GetObject", {"Bucket": "b", "Key": "notes/it's.txt"})
    assert shlex.split(line)[-3:] == ["--key", "notes/it's.txt", "it's.txt"]
    assert cli_line("s3:PutObject", {"Bucket": "b", "Key": "k", "Body": b"x"}).endswith(
        "--body FILE"
    )


def test_a_boolean_is_a_flag():
    attached = {"OnlyAttached": True}
    assert cli_line("iam:ListPolicies", attached).endswith("list-policies --only-attached")
    assert cli_line("iam:ListPolicies", {"OnlyAttached": False}).endswith("--no-only-attached")


def test_a_list_is_json():
    line = cli_line("iam:TagRole", {"RoleName": "r", "Tags": [{"Key": "a", "Value": "it's"}]})
    assert json.loads(shlex.split(line)[-1]) == [{"Key": "a", "Value": "it's"}]


def test_a_value_that_begins_with_a_dash_is_no_option():
    assert cli_line("iam:GetRole", {"RoleName": "-r"}) == "aws iam get-role --role-name=-r"


def test_secrets_are_masked():
    login = {"UserName": "user1", "Password": "hunter2", "PasswordResetRequired": True}
    line = cli_line("iam:CreateLoginProfile", login)
    assert "hunter2" not in line
    assert "****" in line
    assert without_secrets("iam:CreateLoginProfile", login)["Password"] == "****"


def test_an_operation_without_a_model_has_no_line():
    assert cli_line("signin:ConsoleLogin", {"Password": "x"}) == ""
    assert cli_line("console:SwitchRole", {}) == ""


def test_a_parameter_the_model_does_not_know_is_left_out():
    assert cli_line("iam:GetRole", {"Nope": "x"}) == "aws iam get-role"
