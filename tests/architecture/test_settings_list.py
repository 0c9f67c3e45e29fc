"""The list that deployers read is the list that the program reads."""

import re
from pathlib import Path

from service import settings
from service.settings import PREFIX, Settings

EXAMPLE = Path(settings.__file__).with_name(".env.example")


def test_the_example_lists_exactly_the_variables_of_the_program():
    listed = re.findall(r"^(\w+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(listed) == sorted(
        PREFIX + name.upper() for name in Settings.model_fields
    )


def test_the_example_can_be_used_as_it_stands(monkeypatch, tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8")
    for name, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        monkeypatch.setenv(name, value)

    assert Settings() == Settings.model_validate({})
