"""The characters that XML can hold."""

import re

# XML 1.0 has no way to write these, not even as numbers: controls, halves of a sign, U+FFFE.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
