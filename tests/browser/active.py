"""Active content of a page: what did run, and what is there and could."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

# What scripts that attack call; each call is an entry of ``ran``.
HEAR = """() => {
  for (const name of ["alert", "confirm", "prompt", "print"]) {
    window[name] = (...words) => { window.ran(`${name}(${words})`); };
  }
}"""
# Our pages have scripts and styles of our own site only, and no handler in an attribute.
ACTIVE = """() => {
  const addresses = ["href", "src", "action", "formaction", "xlink:href", "data", "poster"];
  const schemes = ["http:", "https:", "mailto:", "webcal:", "blob:", "data:", "file:"];
  const never = ["iframe", "object", "embed", "applet", "base", "frame", "frameset", "style"];
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (never.includes(name)) found.push(name);
    if (name === "meta" && element.httpEquiv) found.push(`meta ${element.httpEquiv}`);
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || attribute === "srcdoc") found.push(`${name} ${attribute}`);
      if (!addresses.includes(attribute)) continue;
      if (!URL.canParse(value, document.baseURI)) continue; // it leads nowhere
      const { protocol, origin } = new URL(value, document.baseURI);
      const isShown = ["src", "poster", "data"].includes(attribute) || name === "link";
      const isSent = ["action", "formaction"].includes(attribute);
      if (!schemes.includes(protocol)) found.push(`${name} ${attribute}=${value}`);
      if (protocol === "data:" && name !== "img") found.push(`${name} ${attribute}=${value}`);
      if ((isShown || isSent) && protocol.startsWith("http") && origin !== location.origin) {
        found.push(`${name} ${attribute}=${value}`);
      }
    }
    if (name === "script" && !element.src && !/json|importmap/.test(element.type)) {
      found.push("a script in the page");
    }
  }
  return found;
}"""


class Watch:
    """The scripts that ran on a page, and the requests of its browser."""

    def __init__(self, page: Page, site: str):
        self.found: list[str] = []
        self._site = urlsplit(site).netloc
        page.expose_function("ran", lambda call: self.found.append(call))
        page.add_init_script(f"({HEAR})()")
        page.on("dialog", self._close)
        page.on("request", self._look)

    def _close(self, dialog) -> None:
        self.found.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _look(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self._site:
            self.found.append(f"asked {request.url}")

    def take(self) -> list[str]:
        """Return the findings since the last time."""
        found = self.found[:]
        self.found.clear()
        return found
