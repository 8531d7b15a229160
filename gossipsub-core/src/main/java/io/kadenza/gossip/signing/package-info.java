/// Who wrote a message, and the proof of it.
///
/// Start with [MessageSigning], the pure function that signs and verifies; [SignaturePolicy] says
/// what is demanded of a message before that; [Author] makes our own messages. Specification:
/// pubsub, "Message Signing".
@NullMarked
package io.kadenza.gossip.signing;

import org.jspecify.annotations.NullMarked;
