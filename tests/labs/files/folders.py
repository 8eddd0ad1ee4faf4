"""A small lab as files, and folders made of it."""

from pathlib import Path

LAB = """\
schema: 1
title: First role
track: roles
level: 1
minutes: 15
vars:
  alias: {word: 1, prefix: acme-}
world:
  accounts:
    you: {alias: "{alias}"}
  users:
    - {account: you, name: admin, start: true, console_password: auto}
    - {account: you, name: dev}
student:
  may_act_as: [you/dev, {as: you/admin, after: build}]
  simulator: after build
  map: false
tasks:
  - id: build
    title: Build the role
    text: text/build.md
    points: 10
    let: {reader: {role: {account: you, new: true}}}
    checks:
      - name: dev-gets-in
        assume: {as: you/dev, role: "{reader}"}
        message: not_in
hints:
  build:
    - {text: "Who may come in?"}
    - {text: Look at the trust policy., cost: 2}
messages: {not_in: dev cannot come in.}
tutorial:
  - task: build
    page: /iam/roles/
    at: {link: Create role}
    say: Start here.
    until: {page: /iam/roles/create/}
  - task: build
    page: /iam/roles/*
    at: {tab: Trust relationships}
    say: Look.
    until: {check: dev-gets-in}
solution:
  - call:
      iam:CreateRole: {RoleName: Reader, AssumeRolePolicyDocument: {file: policies/trust.json}}
wrong:
  - {name: nothing, steps: [], fails: [build.dev-gets-in]}
debrief: text/debrief.md
"""
FILES = {
    "lab.yaml": LAB,
    "text/build.md": "Let dev of account {you} ({alias}) act as a role.\n",
    "text/debrief.md": "A role has two halves.\n",
    "policies/trust.json": '{"Version": "2012-10-17", "Statement": []}',
}


def write_lab(folder: Path, **changed: str) -> Path:
    """Write the lab; `changed` are files by path with `__` for `/` and `_` for `.`."""
    lab = folder / "first-role"
    names = {path.replace("/", "__").replace(".", "_"): path for path in FILES}
    for path, text in (FILES | {names[name]: text for name, text in changed.items()}).items():
        (lab / path).parent.mkdir(parents=True, exist_ok=True)
        (lab / path).write_text(text)
    return lab
