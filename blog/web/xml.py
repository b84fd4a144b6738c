"""XML that every program can read, whatever people have typed."""

import re

from django.utils.xmlutils import SimplerXMLGenerator

# XML 1.0 has no way to write these, not even as numbers: controls, halves of a sign, U+FFFE.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TypedTextXMLGenerator(SimplerXMLGenerator):
    """Write XML without the signs that XML cannot hold; Django's refuses the whole file."""

    def characters(self, content):
        super().characters(UNWRITABLE.sub("", content))

    def startElement(self, name, attrs):
        written = {key: UNWRITABLE.sub("", value) for key, value in (attrs or {}).items()}
        super().startElement(name, written)  # type: ignore[arg-type]
