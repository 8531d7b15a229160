"""Cells that cannot be green because of the foreign library itself, with the place that says so.

A cell that fails and stands here is shown as n/a with the cause; one that passes is ok all the same.
"""

ANY = None
CAUSES = {}  # (row, asker or ANY, answerer or ANY) -> cause


def cannot_read(key_type, impl, others, reason):
    """`impl` cannot read the keys of that type of the others, whichever side it is on."""
    for other in others:
        CAUSES[f"A-{key_type}", other, impl] = reason
        CAUSES[f"name-{key_type}", other, impl] = reason
        CAUSES[f"B-{key_type}", impl, other] = reason


cannot_read("ecdsa", "js", [ANY], "js-libp2p cannot read an ECDSA public key: readSequence in @libp2p/crypto"
            " src/keys/rsa/der.ts ignores the length of a sequence, so pkiMessageToECDSAPublicKey finds no point")
cannot_read("ecdsa", "py", [ANY], "py-libp2p cannot read an ECDSA public key:"
            " libp2p/crypto/serialization.py has no entry for it")
cannot_read("rsa", "js", ["py"], "py-libp2p's signed peer records lack the key type when it is RSA (0):"
            " libp2p/peer/pb/crypto.proto is proto3 where the specification is proto2;"
            " js-libp2p then drops the whole identify message")

for row in ("name-put", "name-get", "correct", "name-secp256k1", "name-rsa"):
    CAUSES[row, ANY, "py"] = (
        "py-libp2p's DHT takes keys that are UTF-8 (libp2p/kad_dht/kad_dht.py);"
        " an IPNS key holds a peer id in binary"
    )

CAUSES["next", "go", "py"] = (
    "py-libp2p answers an ADD_PROVIDER with an echo (libp2p/kad_dht/kad_dht.py), which go-libp2p-kad-dht does"
    " not read: on the stream it reuses (internal/net/message_manager.go) it takes the echo for the next answer"
)

ONE_STREAM_EACH = "{} opens a stream for each request ({})"
CAUSES["reuse", "rust", ANY] = ONE_STREAM_EACH.format("libp2p-kad", "protocols/kad/src/handler.rs")
CAUSES["reuse", "js", ANY] = ONE_STREAM_EACH.format("@libp2p/kad-dht", "src/network.ts")
CAUSES["reuse", "py", ANY] = ONE_STREAM_EACH.format("py-libp2p", "libp2p/kad_dht, new_stream")


def cause(row, asker, answerer):
    for key in ((row, asker, answerer), (row, asker, ANY), (row, ANY, answerer)):
        if key in CAUSES:
            return CAUSES[key]
