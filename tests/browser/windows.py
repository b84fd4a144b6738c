"""The windows of browsers, which tests use one after another.

A new browser fetches and compiles all scripts and styles again, which is most of what a test costs;
one that is emptied has them still, as the browser of somebody who was here before.
"""

import json

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Response

# A machine that runs other tests beside these is slow, and waiting costs nothing when all is well.
PATIENCE = 30_000
# A page cuts what is wider than itself. Tests look at how wide it would be: nothing of ours is cut.
UNCUT = """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body { overflow: visible !important }");
  document.adoptedStyleSheets = [sheet];
"""
CUT_AGAIN = "() => { document.adoptedStyleSheets = [] }"


class Windows:
    """The browser contexts of a session, by their options, and what they complain of."""

    def __init__(self, browser: Browser, arguments: dict):
        self.complaints: list[str] = []
        self._browser = browser
        self._arguments = arguments
        self._free: dict[str, list[BrowserContext]] = {}
        self._lent: list[tuple[str, BrowserContext]] = []

    def lend(self, **options) -> BrowserContext:
        """Return a context with the options that nobody uses and nobody has left anything in."""
        kind = json.dumps(options, sort_keys=True)
        free = self._free.setdefault(kind, [])
        context = free.pop() if free else self._new(options)
        self._lent.append((kind, context))
        return context

    def _new(self, options: dict) -> BrowserContext:
        context = self._browser.new_context(**self._arguments, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(UNCUT)
        watch(context, self.complaints)
        return context

    def take_back(self, site: str) -> None:
        """Empty what was lent, but for the files that it keeps of the site."""
        while self._lent:
            kind, context = self._lent.pop()
            try:
                empty(context, site)
            except Error:  # the test has closed it
                continue
            self._free[kind].append(context)


def empty(context: BrowserContext, site: str) -> None:
    """Close the pages of a context, and clear what they stored.

    What clears it is a new page, and the next test begins on that: each page is a process.
    """
    for page in context.pages:
        page.close()
    context.unroute_all()
    context.set_offline(False)
    context.clear_cookies()
    session = context.new_cdp_session(context.new_page())
    session.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
    session.detach()


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Collect what a browser complains of. That a page or a script is refused is an answer."""

    def hear(message: ConsoleMessage):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def look(answer: Response):
        may_be_refused = answer.request.resource_type in ("document", "fetch", "xhr")
        if answer.status >= 500 or (answer.status >= 400 and not may_be_refused):
            complaints.append(f"{answer.status}: {answer.url}")

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("response", look)
