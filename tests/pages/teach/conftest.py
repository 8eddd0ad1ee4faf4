"""Instructors, and a scenario of one of them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.labs.scenarios.models import Scenario
from console.labs.scenarios.shelf import add_scenario
from tests.classes.conftest import instructor, logged_in

WORLD = """\
schema: 1
title: Two halves
world:
  accounts:
    main: {name: Main}
    other: {}
  users:
    - {account: main, name: ann, start: true, console_password: auto, inline: {own: {
       Version: "2012-10-17", Statement: [
       {Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}]}}}
  roles:
    - {account: other, name: Reader, trust: {Version: "2012-10-17", Statement: [
       {Effect: Allow, Action: "sts:AssumeRole",
        Principal: {AWS: "arn:aws:iam::{main}:user/ann"}}]}}
"""


@pytest.fixture
def tess(db: None) -> User:
    return instructor("tess")


@pytest.fixture
def client(tess: User) -> Client:
    """Tess, logged in."""
    return logged_in(tess)


@pytest.fixture
def scenario(tess: User) -> Scenario:
    return add_scenario(tess, WORLD)
