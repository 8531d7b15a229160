package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// So many peers with so many addresses have come that their memory is used up.
class AnnouncersTest {
  private static final int NEVER = Integer.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(6);
  private final Announcers announcers = new Announcers();
  private final List<Multiaddr> many =
      Stream.generate(() -> Peers.address(random)).limit(64).toList();

  private PeerInfo peer() {
    return new PeerInfo(Peers.id(random), many);
  }

  private Announcer fill() {
    Announcer last = announcers.add(peer(), 0, NEVER);
    for (long all = last.addressBytes(); all < Announcers.MANY_BYTES; all += last.addressBytes()) {
      last = announcers.add(peer(), 0, NEVER);
    }
    return last;
  }

  @Test
  void whoComesThenKeepsAFew() {
    Announcer before = fill();
    assertThat(before.info().addresses()).isEqualTo(many);
    Announcer late = announcers.add(peer(), 0, NEVER);
    assertThat(late.info().addresses()).hasSize(3).isEqualTo(many.subList(0, 3));
    PeerInfo again = new PeerInfo(late.id(), many.reversed());
    assertThat(announcers.announced(late, again, 0, NEVER, 0)).isTrue();
    assertThat(late.info().addresses()).isEqualTo(many.reversed().subList(0, 3));
  }

  @Test
  void onceOthersHaveGoneThereIsRoomAgain() {
    Announcer gone = fill();
    announcers.remove(gone);
    assertThat(announcers.add(peer(), 0, NEVER).info().addresses()).isEqualTo(many);
  }
}
