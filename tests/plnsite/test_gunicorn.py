"""What gunicorn.conf.py tells gunicorn of the headers that it believes."""

import runpy
from pathlib import Path

import pytest
from gunicorn.config import Config

CONF = Path(__file__).parents[2] / "gunicorn.conf.py"


@pytest.fixture
def config():
    config = Config()
    told = runpy.run_path(str(CONF))
    for name in ("forwarder_headers", "control_socket_disable"):
        config.set(name, told[name])
    return config


def test_no_header_says_where_the_site_begins(config):
    assert config.forwarder_headers == []


def test_no_socket_is_there_for_other_programs(config):
    assert config.control_socket_disable is True
