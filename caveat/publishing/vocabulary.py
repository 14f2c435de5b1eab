"""Takes a search bundle in a language that is written without spaces; lists the words it knows.

Pagefind cuts texts into words by a dictionary of its own when it indexes them, and browsers cut
what is searched for by theirs, which lacks the words of this trade: a word that both cut
differently is not found. With the words of the index beside it a query is cut as the index was.
"""

import gzip
import json
import re
from pathlib import Path

FILE = "words.json"
#: The languages, by code, for which Pagefind cuts texts into words.
UNSPACED = ("zh",)
_HAN = rb"[\xe4-\xe9][\x80-\xbf]{2}"
_LENGTHS = (2, 3, 4)
"""Characters of a word: what is longer are whole runs of text, which Pagefind indexes beside their
words."""
#: A text of so many bytes in CBOR (RFC 8949, section 3.1) that is a word in Chinese characters.
_WORD = re.compile(
    b"|".join(b"%c(?:%b){%d}" % (0x60 + 3 * n, _HAN, n) for n in _LENGTHS),
)


def write(bundle: Path) -> int:
    """Write `bundle`/words.json, a sorted list; gives how many words it holds."""
    words = sorted(
        {
            word[1:].decode()
            for chunk in (bundle / "index").glob("*.pf_index")
            for word in _WORD.findall(gzip.decompress(chunk.read_bytes()))
        }
    )
    (bundle / FILE).write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    return len(words)
