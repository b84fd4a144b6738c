"""Put words in place of pictures, for whoever has their files and puts them there afterwards."""

from collections.abc import Callable, Mapping

from blog.paste.html.tree import Node
from blog.paste.html.visibility import EMOJI

WEB = ("http://", "https://")


def place_pictures(root: Node, place: Callable[[Mapping[str, str]], str]) -> None:
    """Replace the pictures of a tree, in place: by a word, or by a link to where they are.

    A picture that leads to its own large version stands without that link.
    """
    for node in list(root.walk()):
        if node.tag != "img" or EMOJI.fullmatch(node.attrs.get("alt", "").strip()):
            continue
        word = place(node.attrs)
        link = next((above for above in node.ancestors() if above.tag == "a"), None)
        if link is not None and not link.has_text:
            link.tag, link.attrs = "span", {}
        if word:
            node.become("span", [word])
            continue
        address = node.attrs.get("src", "")
        words = " ".join(node.attrs.get("alt", "").split()) or _file_name(address)
        if address.startswith(WEB) and words:
            node.become("a", [words], href=address)


def _file_name(address: str) -> str:
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]
