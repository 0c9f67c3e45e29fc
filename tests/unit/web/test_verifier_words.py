"""The page that verifies knows a word for everything that its module can say."""

import re

from service.web.pages.assets import STATIC
from service.web.pages.public.verifier_words import WORDS


def test_every_word_of_the_module_stands_on_the_page() -> None:
    module = (STATIC / "verifier.js").read_text("utf-8")
    page = (STATIC / "verifier_page.js").read_text("utf-8")
    used = {
        *re.findall(r'(?:Different|NotMade|refuse)\("([a-z0-9-]+)"', module),
        *re.findall(r'new Refused\([^,]*, "([a-z0-9-]+)"\)', module),
        *re.findall(r'return \["([a-z0-9-]+)"', module),
        *re.findall(r'word\("([a-z0-9-]+)"', page),
    }

    assert len(used) > 30
    assert used <= WORDS.keys()
