"""The image and compose.yaml, as far as they can be read where there is no container engine."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import yaml

from tests.deploy.files import DEPLOY, ROOT, VARIABLES, command_of_readme, named_in

CONTAINERFILE = (ROOT / "Containerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
EXAMPLE = DEPLOY / "compose" / "environment.example"
OF_COMPOSE = {"RELEASE", "CERTIFICATES", "POSTGRES_PASSWORD"}
COPIED = [
    source
    for line in re.findall(r"^COPY (?!--)(.+)$", CONTAINERFILE, re.MULTILINE)
    for source in line.split()[:-1]
]
LAST_STAGE = CONTAINERFILE.rpartition("\nFROM ")[2]


def images():
    return re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE) + [
        service["image"] for service in SERVICES.values() if "commonplace:" not in service["image"]
    ]


@pytest.mark.parametrize("image", images())
def test_images_are_of_one_version_and_release_of_debian(image):
    assert re.fullmatch(r"docker\.io/library/[a-z]+:\d+(\.\d+)+-(slim-)?bookworm", image) or (
        image == "docker.io/library/postgres:15-bookworm"  # its versions have one number
    )


def test_all_that_is_copied_is_there_and_let_into_the_build():
    allowed = (ROOT / ".dockerignore").read_text().splitlines()

    assert [source for source in COPIED if not list(ROOT.glob(source))] == []
    assert {f"!{source}" for source in COPIED} == {line for line in allowed if line[:1] == "!"}
    assert "*" in allowed


def test_the_image_has_all_that_the_site_is_made_of(tmp_path):
    """What is copied into the last stage is enough for production settings and static files."""
    for source in set(COPIED) - {"requirements*.txt"}:
        place = tmp_path / source
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, place)
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "0",
        "SECRET_KEY": "3vKq0zTn8wXrYb5Lc2Hd7Jf1Gs9Pm4Ra6Ue_QoIiNtWyVhBkZlDx",
        "ALLOWED_HOSTS": "localhost",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--dry-run"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "static files copied" in done.stdout


def test_files_that_were_written_for_one_user_are_read_by_that_of_the_image():
    """All but ``.venv``, which is made in the build, and whose copy would double the image."""
    assert LAST_STAGE.index("\nCOPY deploy") < LAST_STAGE.index("\nRUN chmod -R a+rX * ")
    assert LAST_STAGE.index("\nRUN chmod") < LAST_STAGE.index("\nUSER")


def test_packages_are_installed_by_their_hashes():
    assert "--require-hashes --only-binary :all:" in CONTAINERFILE
    assert set(re.findall(r"^ARG (\w+)=(.+)$", CONTAINERFILE, re.MULTILINE)) == {
        ("REQUIREMENTS", "requirements.txt")
    }


def test_the_container_runs_the_server_of_the_readme_as_nobody_in_particular():
    [command] = re.findall(r"^CMD (\[.+\])$", LAST_STAGE, re.MULTILINE)
    words = json.loads(command)

    of_readme = shlex.split(command_of_readme())
    assert words == [*of_readme, "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
    assert re.findall(r"^USER (\S+)$", LAST_STAGE, re.MULTILINE) == ["10001:10001"]
    assert LAST_STAGE.index("\nUSER") < LAST_STAGE.index("\nCMD")


def test_no_secret_stays_in_the_image():
    kept = re.findall(r"^(?:ENV|ARG|LABEL) .*$", CONTAINERFILE, re.MULTILINE)

    assert [line for line in kept if re.search(r"SECRET|PASSWORD|TOKEN|_KEY", line)] == []


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_of_the_container_is_that_of_livez(status, code):
    asked = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    [probe] = re.findall(r"HEALTHCHECK .*CMD (\[.+\])", LAST_STAGE)
    file = json.loads(probe)[1]
    try:
        done = subprocess.run(
            [sys.executable, file, f"http://127.0.0.1:{server.server_port}/livez"],
            cwd=ROOT,
            env=os.environ | {"ALLOWED_HOSTS": "pln.example.edu,pln.example.org"},
            capture_output=True,
            check=False,
        )
    finally:
        server.shutdown()
        server.server_close()

    assert done.returncode == code
    assert asked == [("/livez", "pln.example.edu")]


def test_compose_names_the_parts_of_a_site():
    assert set(SERVICES) == {"prepare", "web", "tick", "nginx", "postgres", "redis"}
    assert SERVICES["tick"]["command"] == ["python", "manage.py", "tick", "--every", "60"]
    assert "manage.py migrate" in SERVICES["prepare"]["command"][-1]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]


def test_compose_sets_variables_that_the_site_knows():
    for name in ("prepare", "web", "tick"):
        assert set(SERVICES[name]["environment"]) <= VARIABLES
        assert SERVICES[name]["env_file"] == ".env"


def test_each_variable_that_compose_fills_in_is_in_the_example():
    text = (ROOT / "compose.yaml").read_text()

    filled_in = set(re.findall(r"(?<!\$)\$\{(\w+)", text))

    assert filled_in == OF_COMPOSE | {"ALLOWED_HOSTS"}
    assert filled_in <= named_in(EXAMPLE) <= VARIABLES | OF_COMPOSE


def test_the_example_has_no_secret_but_the_words_of_the_readme():
    lines = EXAMPLE.read_text().splitlines()

    assert {"SECRET_KEY=", "POSTGRES_PASSWORD="} <= set(lines)


def test_each_volume_and_network_is_declared():
    volumes = {
        volume.partition(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "$"))
    }
    networks = {network for service in SERVICES.values() for network in service["networks"]}

    assert volumes == set(COMPOSE["volumes"])
    assert networks == set(COMPOSE["networks"])


def test_services_wait_for_those_that_they_need():
    waiting = {name: service.get("depends_on", {}) for name, service in SERVICES.items()}

    for name, needed in waiting.items():
        for other, how in needed.items():
            if how["condition"] == "service_healthy":
                has_own = "test" in SERVICES[other].get("healthcheck", {})
                assert has_own or other == "web", (name, other)  # the image has that of `web`
