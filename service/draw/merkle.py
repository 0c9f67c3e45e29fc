"""Merkle tree: one root stands for a list, and short paths prove its parts.

Source: RFC 9162 sections 2.1.1 to 2.1.4 (the same hashes as RFC 6962).
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

_HASH_OCTETS: Final = 32


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry: 32 bytes."""
    return sha256(b"\x00" + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the tree's root.

    Args:
        leaves: The leaf hashes, in order.
    """
    return levels(leaves)[-1][0] if leaves else sha256(b"").digest()


def levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Return every level of the tree, from the leaves up to the root alone.

    A node without a right-hand neighbour stands for itself one level higher:
    this is the RFC's split at the largest power of two, seen from below. Keep
    the levels where many paths are asked of the same tree.
    """
    found: list[Sequence[bytes]] = [leaves]
    while len(found[-1]) > 1:
        below = found[-1]
        above = [_node(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        found.append(above + list(below[len(above) * 2 :]))
    return found


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from one leaf to the root.

    Args:
        leaves: The leaf hashes, in order.
        index: Position of the leaf, from 0.
    """
    return path_in(levels(leaves), index)


def path_in(tree: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """Return the inclusion path of one leaf in a tree whose levels are known.

    Raises:
        IndexError: There is no such leaf.
    """
    if not 0 <= index < len(tree[0]):
        raise IndexError(index)
    path: list[bytes] = []
    for level in tree:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        index >>= 1
    return path


def consistency_path(leaves: Sequence[bytes], first: int) -> list[bytes]:
    """Return the hashes that prove the first leaves to be a prefix of all.

    Args:
        leaves: The leaf hashes of the later tree, in order.
        first: Number of leaves of the earlier tree, from 1 to all.
    """
    return _subproof(leaves, first, whole=True)


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root_hash: bytes
) -> bool:
    """Tell whether a leaf stands at a position of the tree under this root.

    Source:
        RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size or not _all_hashes([leaf, *path]):
        return False
    node, last, climbed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            climbed = _node(sibling, climbed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            climbed = _node(climbed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and climbed == root_hash


def verify_consistency(
    first: int,
    second: int,
    first_root: bytes,
    second_root: bytes,
    path: Sequence[bytes],
) -> bool:
    """Tell whether the later tree begins with the whole of the earlier one.

    Nothing is proved about an empty earlier tree, so that is refused.

    Source:
        RFC 9162 section 2.1.4.2.
    """
    if not 0 < first <= second or not _all_hashes(path):
        return False
    if first == second:
        return not path and first_root == second_root
    steps = list(path)
    if first & (first - 1) == 0:
        steps.insert(0, first_root)
    if not steps:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    early = late = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            early, late = _node(sibling, early), _node(sibling, late)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            late = _node(late, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and early == first_root and late == second_root


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _all_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == _HASH_OCTETS for value in values)


def _subproof(leaves: Sequence[bytes], first: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF of RFC 9162 section 2.1.4.1."""
    size = len(leaves)
    if first == size:
        return [] if whole else [root(leaves)]
    split = 1 << (size - 1).bit_length() - 1
    if first <= split:
        return [*_subproof(leaves[:split], first, whole=whole), root(leaves[split:])]
    right = _subproof(leaves[split:], first - split, whole=False)
    return [*right, root(leaves[:split])]
