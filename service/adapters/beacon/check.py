"""One question for every chain ever named: is this that round's signature?"""

from service.adapters.beacon import quicknet
from service.draw.beacon import verify_local_round

LOCAL_PREFIX = "local/"


def check_round(chain: str, beacon_round: int, signature: str) -> bytes:
    """Return the randomness that a round's signature proves; needs no network.

    Args:
        chain: The chain's name, ``local/…`` or ``drand/…``.
        beacon_round: The round.
        signature: What was published for it, in hex.

    Raises:
        ValueError: It is not that round's.
        LookupError: The chain is unknown, or nothing here can check it.
    """
    if chain.startswith(LOCAL_PREFIX):
        return verify_local_round(chain, beacon_round, signature)
    return quicknet.verify_round(chain, beacon_round, signature)
