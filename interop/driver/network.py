"""A network of servers, and who of them should hold what under a key."""

import base64
import hashlib
import uuid

from .process import Failed

K = 20
REGION = 1.5  # within how many expected distances of the k-th closest Kadenza stores
DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def id_bytes(text):
    """The multihash that a peer id in base58 is."""
    number = 0
    for digit in text:
        number = number * 58 + DIGITS.index(digit)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multihash(cid):
    """The part of a CID of `raw_cid` that is the key of its providers."""
    text = cid[1:].upper()
    return base64.b32decode(text + "=" * (-len(text) % 8))[2:]


def place(data):
    """Where a key lies in the keyspace: 0 up to, but not including, 1."""
    return int.from_bytes(hashlib.sha256(data).digest(), "big")


def distance(key, peer):
    """From a key to a peer, as a share of the keyspace."""
    return (place(key) ^ place(id_bytes(peer.id))) / 2**256


def join(servers):
    """Everybody connects to everybody and takes him into the routing table."""
    for i, server in enumerate(servers):
        for earlier in servers[:i]:
            server.ask("connect", addr=earlier.addr)


def tag_amid(servers, keys):
    """A fresh tag each of whose keys has many servers around it, so that its region has more than the k closest."""

    def surrounded(tag):
        return min(sum(distance(key, server) < 0.6 for server in servers) for key in keys(tag))

    return max((uuid.uuid4().hex[:12] for _ in range(100)), key=surrounded)


def expect_region(key, servers, holders, network_size, dead):
    """The k closest and all that lie within the region must be holders; the next closest may stand in for the dead."""
    radius = min(1, REGION * K / (network_size + 1))
    ranked = sorted(servers, key=lambda server: distance(key, server))
    wanted = [s for rank, s in enumerate(ranked) if rank < K or distance(key, s) <= radius]
    missing = [s for s in wanted if s not in holders]
    surplus = [s for s in holders if s not in wanted]
    if missing or len(surplus) > dead:
        raise Failed(
            f"of {len(servers)} servers {len(wanted)} should hold it (radius {radius:.3f});"
            f" {len(missing)} of them do not, {len(surplus)} others do"
        )
