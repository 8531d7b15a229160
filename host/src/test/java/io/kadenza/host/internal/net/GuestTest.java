package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTest {
  private record Named(PeerId peer, int streams, long quietSince) implements Guest {}

  // The clock may pass its highest value.
  private final Named oldest = quiet(Long.MAX_VALUE - 1);
  private final Named middle = quiet(Long.MAX_VALUE);
  private final Named newest = quiet(Long.MIN_VALUE);
  private final Named busy = new Named(peer(), 1, Long.MAX_VALUE - 100);

  private static PeerId peer() {
    return Identity.generate(KeyType.ED25519).peerId();
  }

  private static Named quiet(long since) {
    return new Named(peer(), 0, since);
  }

  @Test
  void whoHasBeenQuietLongestIsMissedLeast() {
    assertThat(Guest.leastMissed(List.of(newest, oldest, busy, middle), _ -> false))
        .contains(oldest);
  }

  @Test
  void preferredPeersAreTheLastToGo() {
    List<Named> all = List.of(newest, oldest, busy, middle);
    List<PeerId> preferred = List.of(oldest.peer(), middle.peer());
    assertThat(Guest.leastMissed(all, preferred::contains)).contains(newest);
    assertThat(Guest.leastMissed(all, _ -> true)).contains(oldest);
  }

  @Test
  void whoIsBusyStays() {
    assertThat(Guest.leastMissed(List.of(busy), _ -> false)).isEmpty();
  }
}
