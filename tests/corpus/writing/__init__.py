"""Writes the generated part of the corpus: mails in the manner of each client, and what a reader must see.

    python -m tests.corpus.writing        writes tests/corpus/mails/*.eml and *.txt anew

Every mail is put together from known parts, and the expected text from the same parts, never from the
reader's answer. Mails written by hand lie in tests/corpus/by_hand.
"""
