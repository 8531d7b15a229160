"""Cells that cannot be green because of the foreign library itself, with the place that says so.

A cell that fails and stands here is shown as n/a with the cause; one that passes is ok all the same.
"""

# (row, role, implementation) -> cause. The role is the side whose library is the cause.
CAUSES = {}

for _impl, _reason in {
    "js": "js-libp2p cannot read an ECDSA public key: @libp2p/crypto keys/ecdsa/utils.ts"
          " pkiMessageToECDSAPublicKey looks for the point one level too deep in the DER",
    "py": "py-libp2p cannot read an ECDSA public key: libp2p/crypto/serialization.py has no entry for it",
}.items():
    CAUSES["A-ecdsa", "answerer", _impl] = _reason
    CAUSES["B-ecdsa", "asker", _impl] = _reason


def cause(row, asker, answerer):
    return CAUSES.get((row, "asker", asker)) or CAUSES.get((row, "answerer", answerer))
