"""``make sbom`` lists the packages of a site, each with its version and hashes."""

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / ".venv-sbom" / "bin" / "cyclonedx-py"
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,-]+\])?==([^ ;\\]+)", re.MULTILINE | re.IGNORECASE)


@pytest.mark.skipif(not TOOL.exists(), reason="needs make .venv-sbom/.installed")
def test_the_bill_of_materials_has_each_package_that_is_pinned(tmp_path):
    path = tmp_path / "bill.json"
    subprocess.run(
        ["make", "--silent", "sbom", f"BILL={path}"], cwd=ROOT, check=True, capture_output=True
    )

    bill = json.loads(path.read_text())
    listed = {(one["name"].lower(), one["version"]) for one in bill["components"]}
    pinned = PINNED.findall((ROOT / "requirements.txt").read_text())
    assert bill["bomFormat"] == "CycloneDX"
    assert len(pinned) > 20
    assert listed == {(name.lower(), version) for name, version in pinned}
    references = [one["externalReferences"] for one in bill["components"]]
    assert all(any(link.get("hashes") for link in links) for links in references)
