"""XML that every program can read, whatever people have typed."""

from django.utils.xmlutils import SimplerXMLGenerator

from blog.text.xml_signs import UNWRITABLE


class TypedTextXMLGenerator(SimplerXMLGenerator):
    """Write XML without the signs that XML cannot hold; Django's refuses the whole file."""

    def characters(self, content):
        super().characters(UNWRITABLE.sub("", content))

    def startElement(self, name, attrs):
        written = {key: UNWRITABLE.sub("", value) for key, value in (attrs or {}).items()}
        super().startElement(name, written)  # type: ignore[arg-type]
