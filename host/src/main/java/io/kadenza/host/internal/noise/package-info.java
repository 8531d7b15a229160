/// Noise: the secure channel, `Noise_XX_25519_ChaChaPoly_SHA256` with libp2p's identity payload.
///
/// Start with [io.kadenza.host.internal.noise.NoiseHandshake], which turns bytes into a
/// [io.kadenza.host.internal.noise.NoiseSession] once the remote has proven its identity, and never
/// before. Specification: libp2p `noise/README.md` and `connections/inlined-muxer-negotiation.md`,
/// Noise revision 34. Confined to one connection's event loop, but for
/// [io.kadenza.host.internal.noise.NoiseIdentity], which the whole host shares.
@NullMarked
package io.kadenza.host.internal.noise;

import org.jspecify.annotations.NullMarked;
