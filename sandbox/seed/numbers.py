"""Message-IDs in the manner of each program, made from a seed."""

import hashlib


def digest(seed: str, length: int) -> str:
    """Make letters and digits that belong to a seed."""
    made = hashlib.sha256(seed.encode()).hexdigest().upper()
    return (made * (length // len(made) + 1))[:length]


def gmail_number(seed: str, _domain: str) -> str:
    """Write an id as Gmail does: its own domain, whoever sends."""
    return f"<CAF{digest(seed, 40).lower()}=w{digest(seed + 'w', 10)}@mail.gmail.example>"


def exchange_number(seed: str, _domain: str) -> str:
    """Write an id of 81 characters and more, as Exchange Online does: longer than a header line should be."""
    server = f"DB{digest(seed, 1)}PR04MB{int(digest(seed, 6), 16) % 9000 + 1000}"
    return f"<{server}{digest(seed, 28)}@{server}.eurprd04.prod.outlook.example>"


def uuid_number(seed: str, domain: str) -> str:
    """Write an id as Apple Mail and Thunderbird do."""
    made = digest(seed, 32)
    return f"<{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}@{domain}>"


def short_number(seed: str, domain: str) -> str:
    """Write an id as old programs do: a number and the domain."""
    return f"<{int(digest(seed, 12), 16)}.{digest(seed + 's', 6).lower()}@{domain}>"
