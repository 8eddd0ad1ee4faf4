"""Serve a site of its own, attack it in every form, print how it answers others meanwhile."""

import argparse
import asyncio
import sys
from urllib.parse import urlsplit

from tests.attacks.site import costs_of_requests, served_alone
from tests.attacks.stalls import attack, forms

MOST = 1.0
"""Seconds of CPU that a request may take."""


def _print_costs() -> bool:
    """Print what costly requests cost; return whether one costs too much."""
    costs = costs_of_requests()
    print("CPU seconds of requests that are made to cost much (at most 1)")
    for name, cost in costs.items():
        print(f"  {name:<44}{cost:>7.3f}", flush=True)
    return max(costs.values()) > MOST


def main() -> int:
    """Run every attack; 1 if one costs too much, or keeps others waiting for over a second."""
    options = argparse.ArgumentParser(prog="python -m tests.attacks")
    options.add_argument("--clients", type=int, default=200)
    options.add_argument("--seconds", type=float, default=60, help="of each form")
    chosen = options.parse_args()
    late = _print_costs()
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
