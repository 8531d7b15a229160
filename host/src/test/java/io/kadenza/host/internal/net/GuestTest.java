package io.kadenza.host.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTest {
  private record Named(PeerId peer, int streams, long quietSince, RemoteNetwork network, long since)
      implements Guest {}

  // The clock may pass its highest value.
  private final Named oldest = quiet(Long.MAX_VALUE - 1);
  private final Named middle = quiet(Long.MAX_VALUE);
  private final Named newest = quiet(Long.MIN_VALUE);
  private final Named busy = new Named(peer(), 1, Long.MAX_VALUE - 100, network(1), 0);

  private static PeerId peer() {
    return Identity.generate(KeyType.ED25519).peerId();
  }

  private static Named quiet(long since) {
    return new Named(peer(), 0, since, network(1), 0);
  }

  private static Named busy(int network, long since) {
    return new Named(peer(), 1, 0, network(network), since);
  }

  private static RemoteNetwork network(int number) {
    return network("203.0.113." + number);
  }

  private static RemoteNetwork network(String ip) {
    return RemoteNetwork.of(Multiaddr.parse("/ip4/" + ip + "/tcp/1"));
  }

  private static Named busy(String ip, long since) {
    return new Named(peer(), 1, 0, network(ip), since);
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

  @Test
  void aNewcomerTakesThePlaceOfTheLatestOfACrowd() {
    Named first = busy(1, Long.MAX_VALUE - 1);
    Named second = busy(1, Long.MAX_VALUE);
    Named third = busy(1, Long.MIN_VALUE);
    List<Named> all = List.of(first, third, busy(2, 9), second, busy(3, 10));

    assertThat(Guest.latestOfTheCrowd(all, network(4), _ -> false)).contains(third);
    assertThat(Guest.latestOfTheCrowd(all, network(2), _ -> false)).contains(third);
    assertThat(Guest.latestOfTheCrowd(all, network(4), third.peer()::equals)).contains(second);
  }

  @Test
  void whereThereIsNoLargerCrowdThanTheNewcomersOwnNobodyGoes() {
    List<Named> all = List.of(busy(1, 1), busy(1, 2), busy(2, 3));

    assertThat(Guest.latestOfTheCrowd(all, network(1), _ -> false)).isEmpty();
    assertThat(Guest.latestOfTheCrowd(all, network(2), _ -> false)).isEmpty();
    assertThat(Guest.latestOfTheCrowd(all, network(3), _ -> false)).isPresent();
  }

  @Test
  void aCrowdThatIsSpreadOverTheAddressesOfARegionIsOne() {
    Named last = busy("203.0.2.9", 7);
    List<Named> all = List.of(busy("198.51.1.1", 9), busy("203.0.1.1", 1), last);

    assertThat(Guest.latestOfTheCrowd(all, network("192.0.2.1"), _ -> false)).contains(last);
    assertThat(Guest.latestOfTheCrowd(all, network("203.0.7.7"), _ -> false)).isEmpty();
  }

  @Test
  void inTheLargestRegionTheAddressThatHasMostGivesWay() {
    Named second = busy("203.0.1.1", 2);
    List<Named> all = List.of(busy("203.0.1.1", 1), second, busy("203.0.2.2", 7));

    assertThat(Guest.latestOfTheCrowd(all, network("192.0.2.1"), _ -> false)).contains(second);
  }

  @Test
  void aRegionTakesNothingFromASmallerOne() {
    List<Named> all =
        List.of(
            busy("198.51.1.1", 1),
            busy("198.51.1.1", 2),
            busy("203.0.1.1", 3),
            busy("203.0.2.2", 4),
            busy("203.0.3.3", 5));

    assertThat(Guest.latestOfTheCrowd(all, network("203.0.4.4"), _ -> false)).isEmpty();
  }
}
