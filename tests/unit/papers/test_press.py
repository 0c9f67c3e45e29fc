"""The press: bounded, lazy, slim, and right to left where a language is."""

import asyncio
import subprocess
import sys
import textwrap

import pytest

from service.adapters.papers.acknowledgement import acknowledgement_content
from service.adapters.papers.press import TEMPLATES, TypstPress, printed
from service.adapters.papers.square import square_address, square_svg
from service.adapters.papers.tongues import Tongues
from service.domain.errors import NameTooLongError
from service.domain.names import Names
from service.usecases.errors import PressBusyError
from tests.unit.papers import samples
from tests.unit.papers.reading import opened

MOST_RESIDENT_MIB = 90
"""What a process may grow by when it prints; 67 MiB after 300 papers were measured."""


def content(language: str = "fr") -> dict[str, object]:
    return acknowledgement_content(
        samples.acknowledgement(), Tongues.of(language), is_discreet=False
    )


def test_a_press_with_too_many_waiting_says_come_back() -> None:
    press = TypstPress(most_waiting=0)

    with pytest.raises(PressBusyError):
        asyncio.run(press.print("acknowledgement", content(), samples.TODAY))


def test_who_waits_too_long_is_told_and_the_press_goes_on() -> None:
    async def story() -> bytes:
        impatient = TypstPress(longest_s=0.000_001, most_waiting=1)
        with pytest.raises(PressBusyError):
            await impatient.print("acknowledgement", content(), samples.TODAY)
        return await TypstPress().print("acknowledgement", content(), samples.TODAY)

    assert asyncio.run(story()).startswith(b"%PDF")


def test_many_at_once_are_printed_two_by_two_and_alike() -> None:
    async def story() -> list[bytes]:
        press = TypstPress(most_waiting=8)
        work = [
            press.print("acknowledgement", content(), samples.TODAY) for _ in range(8)
        ]
        return await asyncio.gather(*work)

    assert len(set(asyncio.run(story()))) == 1


def test_nothing_heavy_is_loaded_before_a_paper_is_asked_for_and_little_after() -> None:
    script = textwrap.dedent(
        """
        import sys
        import service.web.app, service.bootstrap
        heavy = {"typst", "icalendar"} & set(sys.modules)
        assert not heavy, heavy
        def resident():
            pages = int(open("/proc/self/statm").read().split()[1])
            return pages * 4096 / 2**20
        from tests.unit.papers.test_press import content
        from tests.unit.papers import samples
        from service.adapters.papers.press import printed
        before = resident()
        for _ in range(5):
            printed("acknowledgement", content("ar"), samples.TODAY)
        print(resident() - before)
        """
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert float(ran.stdout.strip().splitlines()[-1]) < MOST_RESIDENT_MIB


def test_arabic_runs_from_the_right_and_numbers_inside_it_do_not_turn() -> None:
    pdf = printed("acknowledgement", content("ar"), samples.TODAY)
    placed: list[tuple[str, float, float]] = []
    opened(pdf).pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: placed.append(
            (text, float(cm[4]), float(cm[5]))
        )
    )
    # The title: اشعار begins with an alef that stands right of the final lam of تسجيل.
    lines: dict[int, list[tuple[float, str]]] = {}
    for text, x, y in placed:
        lines.setdefault(round(y / 6), []).append((x, text))
    arabic = [
        sorted(line)
        for line in lines.values()
        if any("\u0600" <= c <= "\u06ff" for _, text in line for c in text)
    ]
    assert arabic
    whole = "".join(text for line in arabic for _, text in line)
    assert "2026" in whole
    assert "6202" not in whole
    title = next(line for line in arabic if any("accus" in t for _, t in line))
    latin = min(x for x, text in title if "accus" in text)
    first = max(x for x, text in title if any("\u0600" <= c <= "\u06ff" for c in text))
    assert first > latin  # the bracket in French comes last: it stands on the left


def test_a_square_can_be_printed_and_shown() -> None:
    assert square_svg("https://example.org/v/1.C.x").startswith("<svg")
    assert square_address("https://example.org/v/1.C.x").startswith(
        "data:image/svg+xml"
    )


def test_ten_kilobytes_of_a_name_are_refused_long_before_the_press() -> None:
    for letter in ("a", "Ж", "陈", "م", "ব"):
        with pytest.raises(NameTooLongError):
            Names.parse(letter * 10_000)


def test_no_template_reads_a_file_or_runs_what_it_is_given() -> None:
    for template in TEMPLATES.glob("*.typ"):
        text = template.read_text(encoding="utf-8")
        for forbidden in ("eval(", "read(", "plugin(", "@preview", "yaml(", "xml("):
            assert forbidden not in text, f"{template.name}: {forbidden}"
