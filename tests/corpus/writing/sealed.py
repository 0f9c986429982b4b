"""Mail that cannot be opened here, and mail in pieces."""

from collections.abc import Iterator

from tests.corpus.writing.mail import Case, headers, multipart, part, text_mail

PLAIN = "text/plain"


def cases() -> Iterator[Case]:
    """Yield the cases of this module."""
    yield from _sealed()


def _sealed() -> Iterator[Case]:
    top = headers().encode()
    pgp = "This message is encrypted with PGP. Only your own mail program can open it."
    yield Case(
        "sealed-pgp-mime",
        top
        + multipart(
            "encrypted",
            [
                part("application/pgp-encrypted", b"Version: 1", coding="7bit"),
                part(
                    "application/octet-stream; name=encrypted.asc",
                    b"-----BEGIN PGP MESSAGE-----",
                    coding="7bit",
                ),
            ],
            more='; protocol="application/pgp-encrypted"',
        ),
        "",
        notes=(pgp,),
    )
    armour = "-----BEGIN PGP MESSAGE-----\n\nhQEMA0abcdef\n=abcd\n-----END PGP MESSAGE-----"
    yield Case("sealed-pgp-inline", text_mail(armour), armour.replace("\n=abcd", "\n=abcd"), notes=(pgp,))
    yield Case(
        "sealed-smime",
        top
        + part(
            'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', b"0\x80", coding="base64"
        ),
        "",
        notes=("This message is encrypted with S/MIME. Only your own mail program can open it.",),
        files=("smime.p7m",),
    )
    yield Case(
        "sealed-smime-signed-only",
        top
        + part('application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"', b"0\x80", coding="base64"),
        "",
        notes=("This message is signed in a form (S/MIME) that Mailroom cannot open.",),
    )
    yield Case(
        "sealed-clear-signature",
        top
        + multipart(
            "signed",
            [
                part(PLAIN, "Signed in the open."),
                part(
                    "application/pgp-signature; name=signature.asc",
                    b"-----BEGIN PGP SIGNATURE-----",
                    coding="7bit",
                ),
            ],
        ),
        "Signed in the open.",
        notes=(),
        files=(),
    )
    yield Case(
        "sealed-winmail",
        top
        + multipart(
            "mixed",
            [
                part(PLAIN, "The table is attached."),
                part("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22", coding="base64"),
            ],
        ),
        "The table is attached.",
        notes=(
            "Part of this message is packed in a form of Outlook's own (winmail.dat).",
            "Ask the sender to send it as HTML or plain text to see what is in it.",
        ),
        files=("winmail.dat",),
    )
    yield Case(
        "fragment-two-of-three",
        top + b'Content-Type: message/partial; id="x@y"; number=2; total=3\r\n\r\nmiddle of it\r\n',
        "",
        notes=("This is part 2 of 3 of a longer message.",),
    )
