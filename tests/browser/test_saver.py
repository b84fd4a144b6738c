"""The module that decides when to save, in a real browser, against the actions that really save.

Its clock is turned by hand and its network is ours: saves arrive late, arrive twice over, arrive
and lose their answer, or never arrive, while somebody types. The words and orders come from
hypothesis. Whatever happens, one tab is never in conflict with itself, and it ends with the site
having what was typed. What the module does by itself is tested in tests/js.
"""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.actions.draft_conflicts import keep_conflict_copy
from blog.actions.drafts import save_draft, start_post
from blog.exceptions import StaleDraft
from blog.models import Audience, Draft, PostTarget, Tab
from tests.examples import examples

pytestmark = [
    pytest.mark.browser,
    pytest.mark.every_database,
    pytest.mark.django_db(transaction=True),
]

SAVER = Path(__file__).resolve().parents[2] / "static/js/lib/saver.js"

# A page without a page: words, a clock with hands, and a network that waits to be told.
MACHINE = """async ({ version, source }) => {
  const { createSaver } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  let now = 0, next = 1;
  const timers = new Map();
  const clock = {
    now: () => now,
    setTimeout: (callback, ms) => { timers.set(next, { at: now + ms, callback }); return next++; },
    clearTimeout: (one) => timers.delete(one),
  };
  const sent = [], settle = [];
  let words = "", tab = 0;
  const saver = createSaver({
    read: () => words,
    show: () => {},
    send: (save) => new Promise((done) => { sent.push({ ...save, tab }); settle.push(done); }),
    renewTab: () => { tab += 1; },
    clock, version,
  });
  window.machine = {
    type(more) { words = more; saver.scheduleSave(); },
    leave() { saver.save(true); },
    blur() { saver.save(); },
    async tick(ms) {
      const end = now + ms;
      for (;;) {
        const ripe = [...timers].filter(([, one]) => one.at <= end);
        const [due] = ripe.sort(([, a], [, b]) => a.at - b.at);
        if (!due) break;
        now = Math.max(now, due[1].at);
        timers.delete(due[0]);
        due[1].callback();
        await null;
      }
      now = end;
    },
    async answer(number, told) {
      settle[number](told);
      await new Promise((done) => { setTimeout(done); });
    },
    state: () => ({ sent, isDirty: saver.isDirty() }),
  };
}"""

TYPED = st.text(alphabet="abc ", min_size=1, max_size=4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), TYPED),
        st.tuples(st.just("erase"), st.none()),
        st.tuples(st.just("tick"), st.sampled_from([200, 1000, 1600, 5000, 40_000])),
        st.tuples(st.just("blur"), st.none()),
        st.tuples(st.just("leave"), st.none()),
        st.tuples(st.just("arrive"), st.integers(0, 3)),
        st.tuples(st.just("answer"), st.integers(0, 3)),
        st.tuples(st.just("lose"), st.integers(0, 3)),
    ),
    max_size=25,
)


class Line:
    """The network between one tab and the site: what was sent, what arrived, what was answered."""

    def __init__(self, page, post, author, *, shown_again=None):
        self.page, self.post, self.author = page, post, author
        self.tabs, self.answers, self.open = {0: uuid4()}, {}, []
        self.known, self.conflicts, self.words = 0, 0, ""
        self.version = PostTarget(post).version_of(PostTarget(post).draft_by(author))
        if shown_again:
            self.tabs, self.version = dict(shown_again.tabs), shown_again.version
        page.evaluate(MACHINE, {"version": self.version, "source": SAVER.read_text()})

    def do(self, action, *args):
        call = ", ".join(json.dumps(arg) for arg in args)
        self.page.evaluate(f"async () => {{ await machine.{action}({call}) }}")
        self.look()

    def look(self):
        self.state = self.page.evaluate("() => machine.state()")
        self.open += range(self.known, len(self.state["sent"]))
        self.known = len(self.state["sent"])

    def type(self, more):
        self.words += more
        self.do("type", self.words)

    def erase(self, _nothing):
        self.words = self.words[:-2]
        self.do("type", self.words)

    def arrive(self, place):
        """Bring one of the saves that are under way to the site; it may come there again."""
        if not self.open:
            return
        number = self.open[place % len(self.open)]
        save = self.state["sent"][number]
        words = {"title": "T", "text": save["text"], "audience": Audience.COURSE}
        page = Tab(self.tabs.setdefault(save["tab"], uuid4()), save["seq"])
        try:
            draft = save_draft(
                PostTarget(self.post), by=self.author, version=save["version"], tab=page, **words
            )
        except StaleDraft:
            self.conflicts += 1
            words["public_until_day"] = None
            draft = keep_conflict_copy(
                PostTarget(self.post), by=self.author, content=words, tab=page
            )
            version = save["version"]
        else:
            version = PostTarget(self.post).version_of(draft)
        self.answers[number] = {"saved": True, "version": version}
        if draft.passes_over(words):
            self.answers[number] = {"overtakenBy": draft.seq}

    def answer(self, place):
        arrived = [number for number in self.open if number in self.answers]
        if arrived:
            number = arrived[place % len(arrived)]
            self.open.remove(number)
            self.do("answer", number, self.answers[number])

    def lose(self, place):
        """Let one save fail in the tab, whether it arrived or not."""
        if self.open:
            number = self.open.pop(place % len(self.open))
            self.do("answer", number, {"reason": "unreachable"})

    def calm_down(self):
        """Let time pass on a line that works until nothing is left to save."""
        for _round in range(40):
            while self.open:
                self.arrive(0)
                self.answer(0)
            self.do("tick", 60_000)
            if not self.open and not self.state["isDirty"]:
                return

    def run(self, steps):
        for action, what in steps:
            if action in ("type", "erase", "arrive", "answer", "lose"):
                getattr(self, action)(what)
            else:
                self.do(action, *([what] if action == "tick" else []))
        self.calm_down()


@pytest.fixture
def blank(page):
    page.goto("about:blank")
    return page


few = settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(steps=STEPS)
def test_one_tab_is_never_in_conflict_with_itself_and_loses_nothing(blank, ada, course, steps):
    line = Line(blank, start_post(course, by=ada, title="T"), ada)

    line.run(steps)

    assert (line.conflicts, line.state["isDirty"]) == (0, False)
    assert PostTarget(line.post).draft_by(ada).text == line.words
    assert not Draft.objects.conflict_copies().exists()


@few
@given(steps=STEPS, typed_there=TYPED)
def test_a_second_tab_never_costs_a_word(blank, ada, course, steps, typed_there):
    post = start_post(course, by=ada, title="T")
    line = Line(blank, post, ada)
    save_draft(
        PostTarget(post), by=ada, title="T", text=f"there: {typed_there}", tab=Tab(uuid4(), 1)
    )

    line.type("here" + "." * 60)  # more than the steps can erase
    line.run(steps)

    kept = set(Draft.objects.filter(post=post).values_list("text", flat=True))
    assert kept == {f"there: {typed_there}", line.words}
    assert line.state["isDirty"] is False


@few
@given(steps=STEPS)
def test_a_page_that_is_shown_again_as_it_was_costs_no_word(blank, ada, course, steps):
    post = start_post(course, by=ada, title="T")
    line = Line(blank, post, ada)
    for words in ("one, ", "two, ", "three"):
        line.type(words)
        line.calm_down()

    again = Line(blank, post, ada, shown_again=line)
    again.type("again" + "." * 60)
    again.run([step for step in steps if step[0] != "leave"])

    kept = set(Draft.objects.filter(post=post).values_list("text", flat=True))
    assert kept == {line.words, again.words}
    assert again.state["isDirty"] is False
