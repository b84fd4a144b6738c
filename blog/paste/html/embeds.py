"""Find the address of what is embedded in a page: a video, a map, a recording."""

import re
from urllib.parse import SplitResult, parse_qs, urlsplit

from blog.paste.html.tree import Node

EMBEDDED = {"audio", "embed", "iframe", "object", "video"}
ADDRESS_ATTRIBUTES = ("src", "data-src", "data-lazy-src", "data", "href")
YOUTUBE = re.compile(r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com")
VIDEO = re.compile(r"/(?:embed|v|shorts|live)/([\w-]{1,40})/?")
VIMEO = re.compile(r"/video/(\d{1,20})/?")
DAILYMOTION = re.compile(r"/embed/video/(\w{1,40})/?")
SECONDS = re.compile(r"\d{1,6}")


def embedded_address(node: Node) -> str:
    """Return the address where people see an embedded thing; "" if the page does not say it."""
    for each in [node, *(inner for inner in node.walk() if inner.tag == "source")]:
        for name in ADDRESS_ATTRIBUTES:
            address = _absolute(each.attrs.get(name, ""))
            if address:
                return _watched(address)
    return ""


def _absolute(address: str) -> str:
    address = "".join(address.split())
    if address.startswith("//"):
        address = f"https:{address}"
    return address if re.match(r"https?://[^/]", address, re.IGNORECASE) else ""


def _watched(address: str) -> str:
    """Return the page of a video for the address of its player."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if YOUTUBE.fullmatch(host):
        return _on_youtube(parts) or address
    if host == "player.vimeo.com" and (video := VIMEO.fullmatch(parts.path)):
        unlisted = parse_qs(parts.query).get("h", [""])[0]
        return f"https://vimeo.com/{video[1]}" + (f"/{unlisted}" if unlisted.isalnum() else "")
    if host.endswith("dailymotion.com") and (video := DAILYMOTION.fullmatch(parts.path)):
        return f"https://www.dailymotion.com/video/{video[1]}"
    return address


def _on_youtube(parts: SplitResult) -> str:
    query = parse_qs(parts.query)
    video = VIDEO.fullmatch(parts.path)
    playlist = query.get("list", [""])[0]
    if playlist and (video is None or video[1] == "videoseries"):
        return f"https://www.youtube.com/playlist?list={playlist}"
    if video is None:
        return ""
    start = query.get("start", [""])[0]
    time = f"&t={start}s" if SECONDS.fullmatch(start) and int(start) else ""
    return f"https://www.youtube.com/watch?v={video[1]}{time}"
