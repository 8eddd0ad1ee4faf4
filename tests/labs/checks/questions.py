"""A world to ask questions about, and two questions."""

from tests.labs.checks.labs import ADMINISTRATOR, allow, deny, policy, trust

REPORTS = "arn:aws:s3:::kinds-reports"
WORLD = {
    "accounts": {"you": {}, "other": {}},
    "users": [
        {"account": "you", "name": "admin", "managed": [ADMINISTRATOR]},
        {"account": "you", "name": "dev", "inline": {"read": policy(allow("s3:GetObject"))}},
        {"account": "you", "name": "intern"},
        {
            "account": "you",
            "name": "banned",
            "inline": {"no": policy(allow("s3:*"), deny(["s3:*", "sts:GetCallerIdentity"]))},
        },
        {
            "account": "you",
            "name": "bound",
            "inline": {"all": policy(allow("*"))},
            "boundary": "{you}/Bound",
        },
        {"account": "other", "name": "dev", "inline": {"all": policy(allow("*"))}},
    ],
    "policies": [
        {
            "account": "you",
            "name": "Bound",
            "versions": [{"document": policy(allow("iam:Get*"))}],
        }
    ],
    "roles": [
        {
            "account": "you",
            "name": "Reader",
            "trust": trust({"AWS": "arn:aws:iam::{you}:user/dev"}),
            "inline": {"read": policy(allow("s3:GetObject"))},
        }
    ],
    "buckets": [{"account": "you", "name": "kinds-reports"}],
}
READ = {"action": "s3:GetObject", "resource": f"{REPORTS}/x"}

PREDICT = {
    "right": 3,
    "questions": [
        {"as": ["you/dev", "you/intern"], "action": ["s3:GetObject"], "resource": f"{REPORTS}/x"},
        {"as": "you/banned", **READ, "because": "deny_wins"},
        {"as": "you/dev", "assume": "you/Reader", "text": "Does dev get in?"},
    ],
}
VERDICTS = {"name": "verdicts", "predict": PREDICT}
MESSAGES = {"messages": {"deny_wins": "A deny always wins."}}


CHOICE = {
    "name": "who",
    "choose": {
        "question": "Who is an administrator?",
        "options": ["admin of {you}", "dev", "intern"],
        "right": ["admin of {you}"],
        "because": "deny_wins",
    },
}
