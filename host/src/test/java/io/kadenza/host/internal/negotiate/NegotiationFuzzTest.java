package io.kadenza.host.internal.negotiate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.host.internal.negotiate.Negotiation.State;
import java.util.List;

class NegotiationFuzzTest {

  @FuzzTest
  void aListenerNeverSendsMoreThanItReceives(byte[] input) {
    Negotiation listener = Negotiation.listener("/kad/1.0.0"::equals);
    int consumed = listener.receive(input, 0, input.length);
    require(consumed <= input.length);
    require(listener.output().size() <= consumed);
    require(consumed == input.length || listener.state() != State.NEGOTIATING);
    sameByteByByte(listener, Negotiation.listener("/kad/1.0.0"::equals), input);
  }

  @FuzzTest
  void aDialerEndsInOneOfItsStates(byte[] input) {
    List<String> protocols = List.of("/kad/1.0.0", "/kad/2.0.0");
    Negotiation dialer = Negotiation.dialer(protocols);
    int consumed = dialer.receive(input, 0, input.length);
    require(consumed == input.length || dialer.state() != State.NEGOTIATING);
    require(protocols.contains(dialer.protocol()));
    sameByteByByte(dialer, Negotiation.dialer(protocols), input);
  }

  private static void sameByteByByte(Negotiation whole, Negotiation pieces, byte[] input) {
    for (int i = 0; i < input.length && pieces.state() == State.NEGOTIATING; i++) {
      require(pieces.receive(input, i, 1) == 1);
    }
    require(whole.state() == pieces.state());
    require(whole.protocol().equals(pieces.protocol()));
    require(whole.output().size() == pieces.output().size());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
