"""Scripts and style sheets in a few files, which do what the many did."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from plnsite.bundles import POST_PAGE, SHARED, SHELL, WRITING, join_scripts, join_styles

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"


def sources(folder, ending):
    return {
        str(path.relative_to(STATIC)): path.read_text()
        for path in (STATIC / folder).rglob(f"*.{ending}")
    }


SCRIPTS = {
    SHELL: '/* All pages. */\nimport { note } from "../lib/log.js";\n\nnote("shell");\n',
    "js/lib/log.js": "const said = [];\n\nexport const note = (word) => said.push(word);\n"
    "export async function all() {\n  return said;\n}\n",
    "js/lib/words.js": '// Words.\nimport { note as write } from "./log.js";\n\n'
    'write("words");\nexport class Words {}\n',
    "js/lib/alone.js": 'import { note } from "./log.js";\n\nnote("alone");\n',
    "js/one/main.js": 'import { all, note } from "../lib/log.js";\n'
    'import {\n  Words,\n} from "../lib/words.js";\nimport "../lib/alone.js";\n'
    "\nnote(Words.name);\n"
    'all().then((said) => console.log(said.join(" ")));\nconsole.log("begun");\n',
    "js/two/main.js": 'import { Words } from "../lib/words.js";\n\n'
    'export const load = () => import("../late/main.js").then(() => Words);\n',
    "js/late/main.js": 'import { Words } from "../lib/words.js";\n\nexport const late = Words;\n',
    "js/shell/theme.js": 'document.title = "classic";\n',
}


def test_scripts_that_pages_load_are_joined_with_all_that_they_import():
    joined = join_scripts(SCRIPTS)

    assert list(joined) == [SHELL, "js/one/main.js", "js/two/main.js", "js/late/main.js", WRITING]
    assert joined[SHELL] == (
        "const js_lib_log = (() => {\n"
        "const said = [];\n\n"
        "const note = (word) => said.push(word);\n"
        "async function all() {\n  return said;\n}\n"
        "return { note, all };\n"
        "})();\n"
        "const js_shell_main = (() => {\n"
        'const { note } = js_lib_log;\n\nnote("shell");\n'
        "})();\n"
        "export { js_lib_log, js_shell_main };\n"
    )
    assert joined[WRITING] == (
        'import { js_lib_log } from "./shell/main.js";\n'
        "const js_lib_words = (() => {\n"
        'const { note: write } = js_lib_log;\n\nwrite("words");\nclass Words {}\n'
        "return { Words };\n"
        "})();\n"
        "export { js_lib_words };\n"
    )
    assert joined["js/two/main.js"] == (
        'import { js_lib_words } from "../writing.js";\n'
        "const js_two_main = (() => {\n"
        "const { Words } = js_lib_words;\n\n"
        'const load = () => import("../late/main.js").then(() => Words);\n'
        "return { load };\n"
        "})();\n"
        "export const { load } = js_two_main;\n"
    )


def test_what_a_reader_needs_is_apart_from_what_writing_needs():
    """A script that is fetched later is a file, though another one has it too."""
    scripts = {
        POST_PAGE: 'import { a } from "../lib/a.js";\nconst load = () => import("../late/b.js");\n',
        "js/lib/a.js": "export const a = 1;\n",
        "js/lib/c.js": "export const c = 1;\n",
        "js/late/b.js": 'import { a } from "../lib/a.js";\nimport { c } from "../lib/c.js";\n'
        "export const b = a + c;\n",
        "js/desk/main.js": 'import { b } from "../late/b.js";\n\nb;\n',
    }

    joined = join_scripts(scripts)

    assert list(joined) == [POST_PAGE, "js/late/b.js", "js/desk/main.js", SHARED, WRITING]
    assert "const js_lib_a =" in joined[SHARED]
    assert "const js_lib_c =" in joined[WRITING]
    assert WRITING.removeprefix("js/") not in joined[POST_PAGE]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_joined_scripts_do_what_the_sources_do(tmp_path):
    said = []
    for name, files in (("sources", SCRIPTS), ("joined", SCRIPTS | join_scripts(SCRIPTS))):
        for path, text in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (tmp_path / name / "package.json").write_text('{"type": "module"}')
        page = 'await import("./js/shell/main.js"); await import("./js/one/main.js");'
        done = subprocess.run(
            ["node", "--input-type=module", "-e", page],
            cwd=tmp_path / name,
            capture_output=True,
            text=True,
        )
        said.append((done.stdout, done.stderr))

    assert said == [("begun\nshell words alone Words\n", "")] * 2


@pytest.mark.parametrize(
    "line",
    [
        'export { a } from "./b.js";',
        "export default a;",
        "export let a = 1;",
        'import * as b from "./b.js";',
        "import b from 'b';",
        "await a;",
    ],
)
def test_what_is_not_understood_is_refused(line):
    script = f'import {{ c }} from "./c.js";\n\n{line}\n'

    with pytest.raises(ValueError, match="js/a/main.js has a line that cannot be bundled"):
        join_scripts({"js/a/main.js": script, "js/a/c.js": "export const c = 1;\n"})


def test_scripts_that_import_each_other_are_refused():
    scripts = {
        "js/main.js": 'import { a } from "./a.js";\n',
        "js/a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
        "js/b.js": 'import { a } from "./a.js";\nexport const b = 1;\n',
    }

    with pytest.raises(ValueError, match="These scripts import each other: .*js/a.js, js/b.js"):
        join_scripts(scripts)


def test_our_scripts_are_joined_each_once_on_a_page():
    """What two scripts of a page both have would be there twice, with two states."""
    joined = join_scripts(sources("js", "js"))

    for scripts in (
        (POST_PAGE, "js/feedback/main.js"),
        ("js/editor/main.js", "js/editor/visual/main.js"),
        ("js/editor/combine.js", "js/editor/visual/main.js"),
        ("js/grading/main.js", "js/editor/visual/main.js"),
        (POST_PAGE, "js/editor/small.js", "js/editor/visual/main.js"),
    ):
        held = [
            line
            for script in (SHELL, SHARED, WRITING, *scripts)
            for line in joined[script].splitlines()
            if line.startswith("const js_")
        ]
        assert sorted(held) == sorted(set(held))


def test_styles_are_joined_in_the_order_of_their_layers():
    sheets = {
        "css/tokens.css": "/* a\n b */\n@layer\n  tokens, base;\n\n@layer tokens { a { b: c } }\n",
        "css/base.css": "@layer base {\n  /* d */\n  e { f: url(g) } /* h */\n}\n",
    }

    assert join_styles(sheets) == (
        "@layer\ntokens, base;\n\n@layer tokens { a { b: c } }\n"
        "@layer base {\ne { f: url(g) } /* h */\n}\n"
    )


def test_our_styles_have_every_rule():
    joined = join_styles(sources("css", "css"))

    ours = [path.read_text() for path in (STATIC / "css").glob("*.css")]
    without_comments = [re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for text in [*ours, joined]]
    rules = [Counter(filter(None, map(str.strip, text.splitlines()))) for text in without_comments]
    assert sum(rules[:-1], Counter()) - rules[-1] == Counter()
