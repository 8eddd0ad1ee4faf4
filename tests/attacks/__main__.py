"""Serve a site of its own, attack it in every form, print how it answers others meanwhile."""

import argparse
import asyncio
import sys
from urllib.parse import urlsplit

from tests.attacks.site import served_alone
from tests.attacks.stalls import attack, forms


def main() -> int:
    """Run every form; 1 if a request of the others was not answered within a second."""
    options = argparse.ArgumentParser(prog="python -m tests.attacks")
    options.add_argument("--clients", type=int, default=200)
    options.add_argument("--seconds", type=float, default=60, help="of each form")
    chosen = options.parse_args()
    late = False
    with served_alone() as (address, large):
        port = urlsplit(address).port or 80
        print(
            f"{chosen.clients} clients of one form, {chosen.seconds:g} s each; others ask for pages"
        )
        for form in forms("/aws", large):
            outcome = asyncio.run(
                attack(
                    port,
                    form,
                    clients=chosen.clients,
                    seconds=chosen.seconds,
                    pages=["/healthz", "/labs/"],
                )
            )
            late |= outcome.in_time < outcome.asked
            print(
                f"  {form.name:<36}{outcome.in_time:>4} of {outcome.asked} within a second, "
                f"slowest {outcome.slowest:.2f} s",
                flush=True,
            )
    return late


if __name__ == "__main__":
    sys.exit(main())
