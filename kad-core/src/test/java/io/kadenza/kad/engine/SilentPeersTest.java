package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SilentPeersTest {
  private static final KadRequest QUESTION = new KadRequest.FindNode(Bytes.utf8("key"));

  private final SplittableRandom random = new SplittableRandom(5);
  private final InFlight inFlight = new InFlight();
  private final SilentPeers silent = new SilentPeers(inFlight);
  private final Contact peer = Peers.contact(random);

  private Rpc ask(Contact to, KadRequest request) {
    Rpc.Owner nobody =
        new Rpc.Owner() {
          @Override
          public void answered(Rpc rpc, KadResponse response) {}

          @Override
          public void failed(Rpc rpc, RpcFailure why) {}
        };
    Rpc rpc = inFlight.add(to, request, nobody, 0, false, 10, 100);
    if (rpc == null) {
      throw new AssertionError("no room");
    }
    return rpc;
  }

  @Test
  void countAsSilentFromTheirTimeOnAndAreForgottenAfterAWhile() {
    silent.suspect(ask(peer, QUESTION), 50, 20);
    assertThat(silent.contains(peer, 49)).isFalse();
    assertThat(silent.contains(peer, 50)).isTrue();
    long end = 50 + SilentPeers.REMEMBERED.toNanos();
    assertThat(silent.contains(peer, end - 1)).isTrue();
    assertThat(silent.contains(peer, end)).isFalse();
    assertThat(silent.size()).isZero();
  }

  @Test
  void areClearedByAWord() {
    silent.suspect(ask(peer, QUESTION), 0, 0);
    silent.heardOf(peer);
    assertThat(silent.contains(peer, 1)).isFalse();
  }

  @Test
  void areFollowedByOneRequestEach() {
    Rpc first = ask(peer, QUESTION);
    silent.suspect(first, 0, 0);
    assertThat(silent.follows(ask(peer, QUESTION), 1)).isFalse();
    inFlight.take(first.id());
    assertThat(silent.follows(ask(peer, QUESTION), 1)).isTrue();
    assertThat(silent.follows(ask(peer, QUESTION), 1)).isFalse();
    assertThat(silent.follows(ask(Peers.contact(random), QUESTION), 1)).isFalse();
  }

  @Test
  void areNotJudgedByWhatHasNoAnswer() {
    PeerInfo provider = Peers.info(random);
    silent.suspect(ask(peer, new KadRequest.AddProvider(Bytes.utf8("key"), provider)), 0, 0);
    assertThat(silent.contains(peer, 1)).isFalse();
  }

  @Test
  void areRememberedUpToABoundTheLatestLonger() {
    silent.suspect(ask(peer, QUESTION), 0, 0);
    Contact last = peer;
    for (int i = 0; i < SilentPeers.MAX; i++) {
      last = Peers.contact(random);
      silent.suspect(ask(last, QUESTION), 0, 0);
    }
    assertThat(silent.size()).isEqualTo(SilentPeers.MAX);
    assertThat(silent.contains(peer, 1)).isFalse();
    assertThat(silent.contains(last, 1)).isTrue();
  }
}
