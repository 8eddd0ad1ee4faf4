"""Kill the site under writes, fill its disk, forbid it to write; print what it did about it."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.faults.disks import FAULTS, faults_found, half_written, small_disk
from tests.faults.kills import write_and_kill
from tests.faults.site import FaultySite


def main() -> int:
    """Try every fault; 1 if one did not end as it should."""
    options = argparse.ArgumentParser(prog="python -m tests.faults")
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--seconds", type=float, default=2, help="of writing before each")
    options.add_argument("--megabytes", type=int, default=64, help="of the disk that gets full")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        site = FaultySite(home / "killed", os.environ.get("DATABASE_URL", ""))
        report = write_and_kill(site, kills=chosen.kills, seconds=chosen.seconds)
        print(report, *report.lost, *report.doubled, flush=True)
        fine = report.holds
        if os.geteuid() != 0:
            print("disks: not tried, only root may mount one")
            return not fine
        for name, fault in FAULTS.items():
            with small_disk(home / name.replace(" ", "-"), chosen.megabytes) as disk:
                wrong = list(faults_found(FaultySite(disk), fault))
                wrong += [f"half written: {one}" for one in half_written(disk)]
            print(
                f"{name}: {'as it should be' if not wrong else ''}", *wrong, sep="\n  ", flush=True
            )
            fine = fine and not wrong
    return not fine


if __name__ == "__main__":
    sys.exit(main())
