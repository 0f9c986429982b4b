"""What becomes of people found in mail, who never agreed to be stored: each row ends when it says."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete

from store.schema import candidate, digest, met, scan

SCAN_DAYS = timedelta(days=90)  # figures without names
DIGEST_DAYS = timedelta(days=365)  # ids, and where a message stands that a press may still come from


def over(now: datetime) -> tuple[Delete, ...]:
    """The statements of one clearing. Dismissals and blocks are hashes and stay."""
    return (
        delete(candidate).where(candidate.c.keep_until < now),
        delete(met).where(met.c.keep_until < now),
        delete(digest).where(digest.c.at < now - DIGEST_DAYS),
        delete(scan).where(scan.c.finished_at < now - SCAN_DAYS),
    )
