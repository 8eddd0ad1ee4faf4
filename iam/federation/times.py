"""Times as XML writes them."""

from datetime import UTC, datetime


def moment_of(text: str) -> datetime:
    """Return an xs:dateTime; without a zone it is UTC. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
