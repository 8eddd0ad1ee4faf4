"""Scenarios: files that describe a sandbox; see README.md."""

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.handout import (
    AccountHandout,
    PersonHandout,
    UserHandout,
    handout,
    people_handout,
    start_passwords,
)
from console.labs.scenarios.reader import DEMO, read_scenario
from console.labs.scenarios.seeds import SeededSandbox, restart, seed_scenario

__all__ = [
    "DEMO",
    "AccountHandout",
    "Fault",
    "PersonHandout",
    "ScenarioError",
    "SeededSandbox",
    "UserHandout",
    "handout",
    "people_handout",
    "read_scenario",
    "restart",
    "seed_scenario",
    "start_passwords",
]
