package io.kadenza.host.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PublicKey;
import io.kadenza.host.Connection;
import io.kadenza.host.Direction;
import io.kadenza.host.FrameListener;
import io.kadenza.host.FrameStream;
import io.kadenza.host.Identification;
import io.kadenza.host.Reachability;
import io.kadenza.host.Stream;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReachabilityWatchTest {
  private static final Identity SOMEBODY = Identity.generate(KeyType.ED25519);
  private static final Multiaddr HOME = Multiaddr.parse("/ip4/192.168.1.2/tcp/4001");
  private static final Multiaddr OUTSIDE = Multiaddr.parse("/ip4/9.9.9.9/tcp/4001");

  private final List<Reachability> told = new ArrayList<>();
  private final List<List<Multiaddr>> reachableAt = new ArrayList<>();
  private long now;
  private final ReachabilityWatch watch =
      new ReachabilityWatch(
          () -> now,
          new ReachabilityWatch.Listener() {
            @Override
            public void reachableAt(List<Multiaddr> addresses) {
              reachableAt.add(addresses);
            }

            @Override
            public void judged(Reachability reachability) {
              told.add(reachability);
            }
          });

  private record Link(Direction direction, Multiaddr remoteAddress) implements Connection {
    @Override
    public PeerId peer() {
      return SOMEBODY.peerId();
    }

    @Override
    public PublicKey peerKey() {
      return SOMEBODY.publicKey();
    }

    @Override
    public Multiaddr localAddress() {
      return HOME;
    }

    @Override
    public Instant openedAt() {
      return Instant.EPOCH;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public int streams() {
      return 0;
    }

    @Override
    public Stream open(List<String> protocols, Duration limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FrameStream openFrames(String protocol, int maxFrame, FrameListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static Link inbound(int network) {
    return new Link(Direction.INBOUND, Multiaddr.parse("/ip4/20." + network + ".1.1/tcp/50000"));
  }

  private static Identification seeing(Multiaddr us) {
    return new Identification("", "", List.of(), List.of(), false, Optional.of(us));
  }

  @Test
  void tellsOfChangesAlone() {
    watch.listening(List.of(HOME));
    watch.opened(inbound(1));
    watch.opened(inbound(2));
    watch.opened(inbound(3));
    watch.judge();

    assertThat(told).containsExactly(Reachability.LOCAL, Reachability.PUBLIC);
  }

  @Test
  void connectionsThatTheHostOpensProveNothing() {
    watch.listening(List.of(HOME));
    for (int i = 1; i <= 5; i++) {
      watch.opened(new Link(Direction.OUTBOUND, inbound(i).remoteAddress()));
    }

    assertThat(watch.judgement()).isEqualTo(Reachability.LOCAL);
  }

  @Test
  void tellsWhereTheHostIsForwarded() {
    watch.listening(List.of(HOME));
    for (int i = 1; i <= 3; i++) {
      watch.opened(inbound(i));
      watch.identified(inbound(i), seeing(OUTSIDE));
    }

    assertThat(told).last().isEqualTo(Reachability.PUBLIC);
    assertThat(reachableAt).containsExactly(List.of(HOME), List.of(HOME, OUTSIDE));
  }

  /// A laptop in another network, where it is not reachable by what was forwarded at home.
  @Test
  void tellsOfOtherAddressesThoughTheJudgementIsTheSame() {
    var cafe = Multiaddr.parse("/ip4/10.0.0.7/tcp/4001");
    watch.listening(List.of(HOME));
    watch.listening(List.of(cafe));

    assertThat(told).containsExactly(Reachability.LOCAL);
    assertThat(reachableAt).containsExactly(List.of(HOME), List.of(cafe));
  }

  @Test
  void evidenceGrowsOld() {
    watch.listening(List.of(HOME));
    for (int i = 1; i <= 2; i++) {
      watch.opened(inbound(i));
      watch.closed(inbound(i));
    }
    now += Duration.ofHours(1).toNanos();

    watch.judge();

    assertThat(told).containsExactly(Reachability.LOCAL, Reachability.PUBLIC, Reachability.LOCAL);
  }
}
