"""MFA devices as the tests hold them: the codes of a seed, by the world's clock on the wall."""

from dataclasses import dataclass

from iam.actions.mfa_codes import code_of, step_at
from iam.callers import Caller
from iam.perform import perform
from tests.worlds import World


@dataclass(frozen=True)
class Authenticator:
    """A device with its seed."""

    serial: str
    seed: str

    def code(self, world: World, after: int = 0) -> str:
        return code_of(self.seed, step_at(world.origin.received_at) + after)

    def pair(self, world: World, after: int = 0) -> dict[str, str]:
        """Return two consecutive codes, as EnableMFADevice takes them."""
        return {
            "AuthenticationCode1": self.code(world, after),
            "AuthenticationCode2": self.code(world, after + 1),
        }

    def second_factor(self, world: World, after: int = 0) -> dict[str, str]:
        return {"SerialNumber": self.serial, "TokenCode": self.code(world, after)}


def new_device(world: World, name: str = "phone", caller: Caller | None = None) -> Authenticator:
    """Make a device that is assigned to nobody."""
    made = perform(
        caller or world.root(), "iam:CreateVirtualMFADevice", {"VirtualMFADeviceName": name}
    )["VirtualMFADevice"]
    return Authenticator(made["SerialNumber"], made["Base32StringSeed"].decode())


def assigned_device(world: World, user: str, name: str = "phone", after: int = -2) -> Authenticator:
    """Make a device and assign it to a user, or to `root`, with the two codes before now."""
    device = new_device(world, name)
    world.do(
        "EnableMFADevice", UserName=user, SerialNumber=device.serial, **device.pair(world, after)
    )
    return device
