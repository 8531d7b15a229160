/// Who a peer is and what it said: identity keys, signatures, signed envelopes, peer records.
///
/// Start with [Identity] for ourselves and [PublicKey] for others; [KeyFile] keeps an identity on
/// disk, [SignedEnvelope] and [PeerRecord] are what identities sign. Everything here is immutable
/// and safe for use by many threads; bytes from peers are refused by a
/// [io.kadenza.multiformats.MalformedException] before any of their arithmetic is done.
/// Specifications: libp2p/specs peer-ids, RFC 0002 (signed envelopes), RFC 0003 (routing records).
@NullMarked
package io.kadenza.crypto;

import org.jspecify.annotations.NullMarked;
