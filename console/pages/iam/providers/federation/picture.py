"""The picture of a federated sign-in: provider, STS, role, from top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from console.pages.iam.providers.federation.proofs import Proof
from console.pages.iam.providers.federation.trusts import FederatedTrust
from console.ui.drawings import shortened

_TOP, _LINE, _GAP, _LONGEST = 2, 17, 44, 42


@dataclass(frozen=True)
class StepLine:
    """A line of a box: shortened in the middle, with the whole text as its title."""

    y: int
    text: str
    title: str


@dataclass(frozen=True)
class StepBox:
    """A box of the picture, and what comes out of it at its foot."""

    title: str
    lines: tuple[StepLine, ...]
    y: int
    height: int
    state: str
    url: str = ""
    gives: str = ""

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def next(self) -> int:
        return self.bottom + _GAP


@dataclass(frozen=True)
class ComparedValue:
    """What the trust policy asks, and what the last proof had."""

    label: str
    asked: str
    sent: str


@dataclass(frozen=True)
class FederationPicture:
    """The boxes, and the values in full beside them; `proof` is the last one, if there is any."""

    trust: FederatedTrust
    role: "RoleEnd"
    boxes: tuple[StepBox, ...]
    values: tuple[ComparedValue, ...]
    proof: Proof | None

    width, left, box, center = 348, 4, 340, 174

    @property
    def height(self) -> int:
        return self.boxes[-1].bottom + 4

    @property
    def sentence(self) -> str:
        said = "; ".join(
            f"{box.title}: {', '.join(line.title for line in box.lines)}" for box in self.boxes
        )
        return f"From the provider by STS into the role. {said}."


@dataclass(frozen=True)
class RoleEnd:
    """The role at the end: a new one has no ARN yet."""

    name: str
    arn: str = ""
    url: str = ""


def federation_picture(
    trust: FederatedTrust,
    role: RoleEnd,
    proof: Proof | None,
    *,
    issuer: str = "",
    provider_url: str = "",
) -> FederationPicture:
    """Return the picture of one statement; `issuer` is what the provider's metadata says."""
    issuer = issuer or ("" if trust.is_saml else f"https://{trust.name}")
    said = proof or None
    kind = "assertion" if trust.is_saml else "token"
    subject = said.subject if said else ""
    audience = (said.audience if said else "") or _values(trust, "aud")
    refused = bool(said and said.error)
    steps = [
        ("Identity provider", [trust.name, issuer], provider_url, f"a signed {kind}"),
        (
            f"STS: {trust.operation}",
            [f"Audience: {audience}" if audience else "", f"Subject: {subject}" if subject else ""],
            "",
            "temporary credentials",
        ),
        (f"Role {role.name}", _asked_lines(trust), role.url, ""),
    ]
    boxes: list[StepBox] = []
    y = _TOP
    for number, (title, texts, url, gives) in enumerate(steps):
        shown = [text for text in texts if text]
        lines = tuple(
            StepLine(y + 36 + _LINE * at, shortened(text, _LONGEST), text)
            for at, text in enumerate(shown)
        )
        state = ("grey" if number else "lit") if said is None else _state(number, refused)
        height = 28 + _LINE * len(shown) + 6
        boxes.append(StepBox(shortened(title, 40), lines, y, height, state, url, gives))
        y = boxes[-1].next
    return FederationPicture(trust, role, tuple(boxes), _compared(trust, role, issuer, said), said)


def _state(number: int, refused: bool) -> str:
    if not refused:
        return "lit"
    return ("lit", "stop", "grey")[number]


def _values(trust: FederatedTrust, key: str) -> str:
    return ", ".join(value for one in trust.asks(key) for value in one.values)


def _asked_lines(trust: FederatedTrust) -> list[str]:
    return [f"{one.key} {one.operator} {', '.join(one.values)}" for one in trust.asked][:4] or [
        "The trust policy has no condition"
    ]


def _compared(
    trust: FederatedTrust, role: RoleEnd, issuer: str, proof: Proof | None
) -> tuple[ComparedValue, ...]:
    def sent(value: str) -> str:
        return value or "-"

    rows = [
        ComparedValue("Provider", trust.provider, sent(proof.provider_arn if proof else "")),
        ComparedValue("Issuer", issuer or "-", sent(proof.issuer if proof else "")),
        ComparedValue("Role", role.arn or "-", sent(proof.role_arn if proof else "")),
    ]
    keys: Sequence[str] = list(dict.fromkeys(("aud", "sub", *(one.key for one in trust.asked))))
    for key in keys:
        conditions = "; ".join(
            f"{a.operator} {', '.join(a.values)}" for a in trust.asks(key.lower())
        )
        label = {"aud": "Audience (aud)", "sub": "Subject (sub)"}.get(key, key)
        rows.append(
            ComparedValue(label, conditions or "any", sent(proof.value_of(key) if proof else ""))
        )
    if proof:
        rows.append(ComparedValue("Session name", "any", sent(proof.session_name)))
        rows += [ComparedValue(f"Tag {key}", "any", value) for key, value in proof.tags]
    return tuple(rows)
