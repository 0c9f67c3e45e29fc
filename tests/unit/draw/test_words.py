"""The words of every refusal and of every finding: people quote them to each other.

``words.json`` holds them. When a sentence is changed on purpose, write it anew with
``python -m tests.unit.draw.test_words`` and read the difference.
"""

import json
from pathlib import Path

import pytest

from service.draw.canonical import RefusedInputError
from service.draw.model import Pool
from service.draw.verify import verify, verify_acknowledgement, verify_line
from service.draw.verify.reading import check_pool
from tests.papers_draw import night
from tests.property.test_draw_own_papers import PAPERS
from tests.strategies_draw import LABELS, is_signed
from tests.unit.draw.test_pool_refusals import CASES, sound
from tests.unit.draw.test_verify import CAUGHT, SHAPELESS
from tests.unit.draw.test_verify_lines import own
from tests.unit.draw.verifying import full, put, reduced

FILE = Path(__file__).with_name("words.json")
WRONG_LINES = [
    put("commitment_sha256", value="00" * 32),
    put("nonce", value="00" * 32),
    put("index", value=11),
    put("path", value=[]),
    put("registration", "label", value=LABELS[40]),
]


def refusal(reader, value):
    try:
        reader(value)
    except RefusedInputError as refused:
        return str(refused)
    return None


def findings(transcript, **options):
    return [str(check) for check in verify(transcript, **options)]


def changed(value, change):
    change(value)
    return value


def no_such_round(_chain, _round, _signature):
    raise ValueError


def no_such_chain(_chain, _round, _signature):
    raise LookupError


def public():
    return changed(full(), put("beacon", "chain", value="drand/x"))


ANSWERS = (None, no_such_round, no_such_chain, lambda *_: b"")
SAID = {
    "pools that are refused": lambda: [
        refusal(Pool.from_json, changed(sound(), change)) for _, change in CASES
    ],
    "pools that the verifier refuses": lambda: [
        refusal(check_pool, changed(sound(), change)) for _, change in CASES
    ],
    "transcripts that are none": lambda: [
        refusal(verify, changed(full(), change)) for change, _ in SHAPELESS
    ],
    "a full transcript": lambda: findings(full(), check_signature=is_signed),
    "a reduced one": lambda: findings(reduced(), check_signature=is_signed),
    "without Ed25519": lambda: findings(full()),
    "transcripts that do not hold": lambda: [
        findings(changed(full(), change), check_signature=is_signed)
        for change, _ in CAUGHT
    ],
    "a public beacon": lambda: [
        findings(public(), check_beacon=answer) for answer in ANSWERS
    ],
    "a line": lambda: list(map(str, verify_line(own(), reduced()))),
    "lines that do not hold": lambda: [
        list(map(str, verify_line(changed(own(), change), reduced())))
        for change in WRONG_LINES
    ],
    "acknowledgements": lambda: [
        list(
            map(
                str,
                verify_acknowledgement(
                    owned, night("reduced"), line=given, check_signature=is_signed
                ),
            )
        )
        for owned, given, code in PAPERS.values()
        if owned is not None and code != 2
    ],
}


@pytest.mark.parametrize("what", SAID)
def test_the_words_are_those_that_were_read_and_agreed(what):
    agreed = json.loads(FILE.read_text("utf-8"))

    assert SAID[what]() == agreed[what]


if __name__ == "__main__":
    said = {what: words() for what, words in SAID.items()}
    FILE.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
