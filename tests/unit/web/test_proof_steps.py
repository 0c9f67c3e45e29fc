"""What an applicant's proof page says leads to the signed root, hash by hash."""

from hashlib import sha256

import pytest

from service.draw import merkle
from service.web.pages.applicant.proof import steps_of


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 9, 33])
def test_following_the_steps_of_any_line_ends_at_the_root(size):
    leaves = [sha256(b"\x00%d" % at).digest() for at in range(size)]
    tree = merkle.levels(leaves)
    root = tree[-1][0]

    for index, leaf in enumerate(leaves):
        path = [one.hex() for one in merkle.path_in(tree, index)]
        reached = leaf
        for step in steps_of(index, size, path):
            sibling = bytes.fromhex(step.sibling)
            pair = sibling + reached if step.is_before else reached + sibling
            reached = sha256(b"\x01" + pair).digest()
        assert reached == root
