"""Files and bytes to Documents, and positions back to the file: one format per module.

`read_file` and `read_bytes` are what the flow uses; `read_with_positions` also tells where each character came from.
"""

from checker.readers.article import Article, Place, Run, file_span
from checker.readers.encoding import Decoded, decode
from checker.readers.files import (
    Reading,
    file_content,
    open_file,
    read_bytes,
    read_file,
    read_original,
    read_original_bytes,
    read_with_positions,
)
from checker.readers.html import read_html
from checker.readers.several import Held, documents_in, may_hold_several
from checker.readers.stream import stream_documents
from checker.readers.text import read_text

__all__ = [
    "Article",
    "Decoded",
    "Held",
    "Place",
    "Reading",
    "Run",
    "decode",
    "documents_in",
    "file_content",
    "file_span",
    "may_hold_several",
    "open_file",
    "read_bytes",
    "read_file",
    "read_html",
    "read_original",
    "read_original_bytes",
    "read_text",
    "read_with_positions",
    "stream_documents",
]
