"""Inbox Contact Discovery: who writes to the member, is written to, and is not a contact yet.

evidence.py   mails → what is known of each person          rules.py      evidence → suggested, or why not
strength.py   how much went back and forth                  words.py      reason codes in plain words
files.py      the same on files: `app.py classify`, `app.py discover`
"""
