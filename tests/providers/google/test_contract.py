"""Google keeps the contracts of every provider."""

from tests.providers.reading import ReadingContract
from tests.providers.scanning import ScanningContract
from tests.providers.sending import SendingContract
from tests.providers.signing_in import SignInContract


class TestReadingGmail(ReadingContract):
    """Gmail's reading side."""


class TestScanningGmail(ScanningContract):
    """Gmail's way of telling who wrote."""


class TestSendingGmail(SendingContract):
    """Gmail's writing side."""


class TestSigningInWithGoogle(SignInContract):
    """Google's sign-in."""
