package io.kadenza.host.internal.negotiate;

import io.kadenza.host.internal.bytes.OutBuffer;
import java.util.List;
import java.util.function.Predicate;

/// One side of a multistream-select 1.0 negotiation. Confined to the connection's event loop.
public final class Negotiation {

  public enum State {
    /// Under way.
    NEGOTIATING,
    /// Both sides speak [Negotiation#protocol()] from here on.
    AGREED,
    /// The remote speaks none of the protocols proposed.
    REFUSED,
    /// The remote broke the rules: close.
    FAILED
  }

  private final OutBuffer output = new OutBuffer();

  private Negotiation() {}

  /// The side that proposes, in order of preference.
  public static Negotiation dialer(List<String> protocols) {
    return new Negotiation();
  }

  /// The side that accepts the first proposal it supports.
  public static Negotiation listener(Predicate<String> supported) {
    return new Negotiation();
  }

  /// Takes bytes from the remote; returns how many belonged to the negotiation. What is left is the agreed protocol's.
  public int receive(byte[] buf, int off, int len) {
    return 0;
  }

  /// What waits to be sent.
  public OutBuffer output() {
    return output;
  }

  public State state() {
    return State.NEGOTIATING;
  }

  /// Whether payload may be sent behind what waits in the output: agreed, or the one protocol was proposed and its
  /// confirmation is still to come.
  public boolean settled() {
    return false;
  }

  /// The protocol agreed on, or proposed alone.
  public String protocol() {
    return "";
  }

  /// What was wrong, for the log; empty unless refused or failed.
  public String failure() {
    return "";
  }
}
