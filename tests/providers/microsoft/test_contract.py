"""Microsoft keeps the contracts of every provider."""

from tests.providers.reading import ReadingContract
from tests.providers.scanning import ScanningContract
from tests.providers.sending import SendingContract
from tests.providers.signing_in import SignInContract


class TestReadingOutlook(ReadingContract):
    """Graph's reading side."""


class TestScanningOutlook(ScanningContract):
    """Graph's way of telling who wrote."""


class TestSendingOutlook(SendingContract):
    """Graph's writing side."""


class TestSigningInWithMicrosoft(SignInContract):
    """Microsoft's sign-in."""
