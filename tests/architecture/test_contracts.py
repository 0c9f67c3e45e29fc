"""The walls between packages stand, and a hole in one is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

HOLES = {
    "luck in the draw": ("service/draw/allocate.py", "import random"),
    "a driver in a use case": ("service/usecases/ports/world.py", "import sqlalchemy"),
    "the web in the simulation": ("simulation/__init__.py", "import service.web"),
    "the simulation in the service": ("service/bootstrap.py", "import simulation"),
    "a server in the web": (
        "service/web/__init__.py",
        "import service.adapters.embedded.postgres",
    ),
    "the shell in the core": ("service/domain/errors.py", "import service.bootstrap"),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    copy = tmp_path_factory.mktemp("tree")
    for folder in ("service", "simulation"):
        shutil.copytree(
            ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def linted(tree):
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_wall_stands(tree):
    outcome = linted(tree)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_is_found(tree, hole):
    name, statement = HOLES[hole]
    path = tree / name
    whole = path.read_text(encoding="utf-8")
    path.write_text(f"{whole}\n{statement}\n", encoding="utf-8")

    outcome = linted(tree)

    path.write_text(whole, encoding="utf-8")
    assert outcome.returncode == 1
    assert "BROKEN" in outcome.stdout
