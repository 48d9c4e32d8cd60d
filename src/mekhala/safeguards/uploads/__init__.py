"""What strangers' files must be before anybody reads them: told by content, bounded, cleaned.

In: the bytes of a file and what it calls itself. Out: the bytes that are kept, or one sentence why
not. Nothing here trusts a name, an ending or a content type. Requirement R-53; the first list of
what to expect is OWASP ASVS 5.0, chapter V5.
"""

LARGEST = 10 * 2**20  # bytes of one file
