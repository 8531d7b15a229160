package io.kadenza.node.trace;

import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.lookup.Termination;

/// Why things end, in words for people.
public final class Reasons {
  private Reasons() {}

  /// Why a walk ended, to follow "because".
  public static String words(Termination reason) {
    return switch (reason) {
      case COMPLETED -> "the closest peers there are have answered";
      case STARVED -> "everybody heard of was asked, and they were few";
      case STOPPED -> "enough was found";
      case CANCELLED -> "the asker gave up";
      case TIMED_OUT -> "the time allowed was over";
      case NO_PEERS -> "there was nobody to ask";
    };
  }

  /// What a peer did instead of answering.
  public static String words(RpcFailure failure) {
    return switch (failure) {
      case UNREACHABLE -> "cannot be reached";
      case UNSUPPORTED -> "is no server";
      case REFUSED -> "refuses";
      case TIMED_OUT -> "does not answer";
      case MALFORMED -> "answers nonsense";
      case DISCONNECTED -> "hangs up";
      case OVERLOADED -> "was not asked: too busy";
    };
  }
}
