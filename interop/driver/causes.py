"""Cells that cannot be green because of the foreign library itself, with the place that says so.

A cell that stands here, and fails as the cause makes it fail, is shown as n/a; one that passes is ok all the same.
"""

import re

ANY = None
CAUSES = {}  # (row, asker or ANY, answerer or ANY) -> (how it fails, as a regular expression; cause)

UNREADABLE_KEY = r"^\w+ ((connect|identify): |does not list )"
REFUSED_KEY = r"^\w+ name-(put|get): "
MISREAD = r"^go findnode: "
PANIC = r"^go: the process ended$"
ONE_STREAM_EACH = r"^(\d+) streams for \1 requests$"


def cannot_read(key_type, impl, others, reason):
    """`impl` cannot read the keys of that type of the others, whichever side it is on."""
    for other in others:
        CAUSES[f"A-{key_type}", other, impl] = UNREADABLE_KEY, reason
        CAUSES[f"name-{key_type}", other, impl] = UNREADABLE_KEY, reason
        CAUSES[f"B-{key_type}", impl, other] = UNREADABLE_KEY, reason


def opens_many(impl, place):
    """`impl` opens a stream for each request."""
    CAUSES["reuse", impl, ANY] = ONE_STREAM_EACH, f"{impl} opens a stream for each request ({place})"


cannot_read("ecdsa", "js", [ANY], "js-libp2p cannot read an ECDSA public key: readSequence in @libp2p/crypto"
            " src/keys/rsa/der.ts ignores the length of a sequence, so pkiMessageToECDSAPublicKey finds no point")
cannot_read("ecdsa", "py", [ANY], "py-libp2p cannot read an ECDSA public key:"
            " libp2p/crypto/serialization.py has no entry for it")
cannot_read("rsa", "js", ["py"], "py-libp2p's signed peer records lack the key type when it is RSA (0):"
            " libp2p/peer/pb/crypto.proto is proto3 where the specification is proto2;"
            " js-libp2p then drops the whole identify message")

for row in ("name-put", "name-get", "correct", "name-secp256k1", "name-rsa"):
    CAUSES[row, ANY, "py"] = (
        REFUSED_KEY,
        "py-libp2p's DHT takes keys that are UTF-8 (libp2p/kad_dht/kad_dht.py);"
        " an IPNS key holds a peer id in binary",
    )

CAUSES["next", "go", "py"] = (
    MISREAD,
    "py-libp2p answers an ADD_PROVIDER with an echo (libp2p/kad_dht/kad_dht.py), which go-libp2p-kad-dht does"
    " not read: on the stream it reuses (internal/net/message_manager.go) it takes the echo for the next answer",
)
CAUSES["ping", "go", "py"] = (
    PANIC,
    "go takes such an echo for the answer to a PUT_VALUE, too, and of one without a record"
    " go-libp2p-kad-dht's PutValue dies (pb/protocol_messenger.go)",
)

opens_many("rust", "libp2p-kad, protocols/kad/src/handler.rs")
opens_many("js", "@libp2p/kad-dht, src/network.ts")
opens_many("py", "py-libp2p, libp2p/kad_dht, new_stream")


def cause(row, asker, answerer, failure):
    """Why the cell cannot be green, or None: then the failure is one of ours, or not known."""
    for key in ((row, asker, answerer), (row, asker, ANY), (row, ANY, answerer)):
        if key in CAUSES:
            symptom, reason = CAUSES[key]
            return reason if re.search(symptom, failure) else None
