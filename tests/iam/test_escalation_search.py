"""The search finds what trying everything finds, in as few steps, and what it finds works."""

import random
from collections.abc import Iterator

import pytest

from iam.analysis import ADMINISTRATOR, escalations
from iam.analysis import World as Seen
from iam.analysis.escalation.other_principals import becomings, by_edited_trust
from iam.analysis.escalation.own_rights import changes
from iam.analysis.escalation.search_state import SearchState
from iam.analysis.escalation.steps import ControlledPrincipal, EntityChange
from iam.authorization.policies_of_many import Key
from tests.iam.analysis_worlds import arn, seen
from tests.iam.escalating import ADMIN, walk
from tests.worlds import ACCOUNT_ID, World, allow, document

RIGHTS = (
    "iam:AttachUserPolicy",
    "iam:PutRolePolicy",
    "iam:AttachGroupPolicy",
    "iam:AddUserToGroup",
    "iam:CreatePolicyVersion",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:CreateAccessKey",
    "iam:DeleteUserPermissionsBoundary",
    "sts:AssumeRole",
    "iam:PassRole",
    "ec2:RunInstances",
)
State = tuple[frozenset[Key], frozenset[tuple[EntityChange, Key | None]]]


def _scattered(world: World, seed: int) -> World:
    """Scatter rights that add up among three users, three roles, a group and a policy."""
    dice = random.Random(seed)  # noqa: S311

    def rights() -> str:
        resource = dice.choice(["*", "*", arn("role", "*"), arn("user", "u*"), arn("group", "g")])
        return allow(*dice.sample(RIGHTS, dice.randint(1, 3)), resource=resource)

    world.do("CreatePolicy", PolicyName="p", PolicyDocument=allow("*"))
    tame = {"PolicyArn": arn("policy", "p"), "PolicyDocument": rights(), "SetAsDefault": True}
    world.do("CreatePolicyVersion", **tame)
    world.do("CreateGroup", GroupName="g")
    world.do("PutGroupPolicy", GroupName="g", PolicyName="in", PolicyDocument=rights())
    for number in range(3):
        world.add_user(f"u{number}", rights())
    for number in range(3):
        service = {"Service": "ec2.amazonaws.com"}
        trusted = dice.choice([{"AWS": ACCOUNT_ID}, {"AWS": arn("user", "u1")}, service])
        text = document({"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"})
        world.do("CreateRole", RoleName=f"r{number}", AssumeRolePolicyDocument=text)
        world.do("PutRolePolicy", RoleName=f"r{number}", PolicyName="in", PolicyDocument=rights())
    world.do("AttachUserPolicy", UserName="u2", PolicyArn=arn("policy", "p"))
    world.do("AttachRolePolicy", RoleName="r2", PolicyArn=ADMIN)
    for name in ("u0", "u2"):
        if dice.random() < 0.5:
            own = {"PolicyName": f"limit-{name}", "PolicyDocument": rights()}
            limit = world.do("CreatePolicy", **own)["Policy"]["Arn"]
            world.do("PutUserPermissionsBoundary", UserName=name, PermissionsBoundary=limit)
    return world


def _being(
    board: SearchState, key: Key, done: frozenset[tuple[EntityChange, Key | None]]
) -> ControlledPrincipal:
    """Return a principal with everything done so far that bears on it."""
    being = ControlledPrincipal(key)
    again = True
    while again:
        again = False
        for change, whom in done:
            mine = whom in (None, key) and change not in being.changes
            if mine and board.bears_on(change, being):
                being = ControlledPrincipal(key, being.changes | {change})
                again = True
    return being


def _next(board: SearchState, state: State) -> Iterator[State]:
    controlled, done = state
    for key in controlled:
        being = _being(board, key, done)
        for move in changes(board, being):
            assert isinstance(move.to, EntityChange)
            whom = controlled if move.to.what == "open" else [None]
            for one in whom:
                yield controlled, done | {(move.to, one)}
        for move in becomings(board, being):
            assert isinstance(move.to, ControlledPrincipal)
            yield controlled | {move.to.key}, done
        for change, whom_ in done:
            if change.what == "open" and change.holder[0] == "role" and whom_ == key:
                role = next(one for one in board.world.roles if one.pk == change.holder[1])
                for _ in by_edited_trust(board, being, role):
                    yield controlled | {("role", role.pk)}, done


def _fewest_steps(whole: Seen, start: Key, most: int) -> int | None:
    """Try everything there is, step by step."""
    board = SearchState(whole)
    states: set[State] = {(frozenset({start}), frozenset())}
    for steps in range(most + 1):
        for controlled, done in states:
            if any(ADMINISTRATOR.reached(board, _being(board, key, done)) for key in controlled):
                return steps
        states = (
            {after for state in states for after in _next(board, state)} if steps < most else set()
        )
    return None


@pytest.mark.parametrize("seed", range(16))
def test_the_search_finds_what_trying_everything_finds(world: World, seed: int) -> None:
    whole = seen(_scattered(world, seed))
    for name in ("u0", "u1"):
        someone = whole.someone(arn("user", name))
        assert someone is not None
        assert someone.key is not None
        found = escalations(whole, someone, most_steps=2)
        fewest = _fewest_steps(whole, someone.key, 2)
        assert (len(found.paths[0].steps) if found.paths else None) == fewest


@pytest.mark.parametrize("seed", range(16, 40))
def test_every_path_that_is_found_works(world: World, seed: int) -> None:
    whole = seen(_scattered(world, seed))
    someone = whole.someone(arn("user", "u0"))
    assert someone is not None
    found = escalations(whole, someone)
    assert found.complete
    if found.paths:
        walk(world, found.paths[0])
