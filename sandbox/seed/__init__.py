"""What the world is filled with: people, a plausible month of mail, or a mailbox of the person's own.

`plant.plant` fills a world, `mbox` reads and writes mbox files, `answers` lets people answer.
"""
