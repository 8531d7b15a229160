/// The primitives that libp2p's secure channels and keys stand on, each where it is fastest here.
///
/// Start with [CryptoSuite]: `CryptoSuite.best()` chooses once between Conscrypt's native code and
/// the portable pair (Bouncy Castle's curves, the JDK's AEAD) and says so in `describe()`. Suites,
/// [X25519] and [Ed25519] may be shared between threads; an [Aead] belongs to one thread at a time.
/// No provider is ever registered with the JVM.
@NullMarked
package io.kadenza.crypto.primitive;

import org.jspecify.annotations.NullMarked;
