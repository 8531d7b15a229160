package io.kadenza.gossip.signing;

/// Why a message was not accepted.
public enum Rejection {
  /// It has no signature, and the policy demands one.
  UNSIGNED,
  /// Its author is missing or is no peer id.
  NO_AUTHOR,
  /// Its sequence number is missing or has not 8 bytes.
  BAD_SEQNO,
  /// The signature is wrong, or its key is not the author's.
  BAD_SIGNATURE,
  /// It claims to be ours, and came from another.
  OURS,
  /// Its id is too long, or the function that makes ids fails at it.
  BAD_ID,
  /// Too many messages wait for their verification.
  OVERLOAD
}
