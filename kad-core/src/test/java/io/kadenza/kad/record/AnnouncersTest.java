package io.kadenza.kad.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who is known by which number, what each network has, and what happens when so many peers with so
/// many addresses have come that their memory is used up.
class AnnouncersTest {
  private static final long ROOM = 1 << 20;
  private static final int NEVER = Integer.MAX_VALUE;

  private final SplittableRandom random = new SplittableRandom(6);
  private final Announcers announcers = new Announcers(ROOM);
  private final List<Multiaddr> many =
      Stream.generate(() -> Peers.address(random)).limit(64).toList();

  private PeerInfo peer() {
    return new PeerInfo(Peers.id(random), many);
  }

  private Announcer fill() {
    Announcer last = announcers.add(peer(), 0, NEVER);
    for (long all = last.addressBytes(); all < ROOM; all += last.addressBytes()) {
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

  @Test
  void onceOthersNameFewerAddressesThereIsRoomAgain() {
    Announcer modest = fill();
    var few = new PeerInfo(modest.id(), many.subList(0, 1));
    announcers.announced(modest, few, 0, NEVER, 0);
    assertThat(announcers.add(peer(), 0, NEVER).info().addresses()).isEqualTo(many);
  }

  @Test
  void aNumberIsGivenToSomebodyElseOnceItsPeerIsGone() {
    Announcer first = announcers.add(peer(), 0, NEVER);
    Announcer second = announcers.add(peer(), 0, NEVER);
    announcers.remove(first);
    assertThat(announcers.find(first.number)).isNull();
    Announcer third = announcers.add(peer(), 0, NEVER);
    assertThat(third.number).isEqualTo(first.number);
    assertThat(announcers.get(first.number)).isSameAs(third);
    assertThat(announcers.get(second.number)).isSameAs(second);
    assertThat(announcers.find(2)).isNull();
  }

  private NetworkShare shareOf(PeerInfo peer, long ipGroup) {
    return announcers.shareOf(new Sender(peer.id(), ipGroup));
  }

  @Test
  void aNetworkHasWhatAllOfItsPeersHave() {
    Announcer one = announcers.add(peer(), 7, NEVER);
    Announcer other = announcers.add(peer(), 7, NEVER);
    one.count(3);
    other.count(4);
    assertThat(shareOf(peer(), 7).records).isEqualTo(7);
    assertThat(shareOf(peer(), 8)).isNull();
    other.count(-4);
    announcers.remove(other);
    assertThat(shareOf(peer(), 7).records).isEqualTo(3);
    one.count(-3);
    announcers.remove(one);
    assertThat(shareOf(peer(), 7)).as("nothing is remembered of it").isNull();
  }

  @Test
  void whoMovesTakesWhatItHasAlong() {
    Announcer mover = announcers.add(peer(), 7, NEVER);
    mover.count(3);
    assertThat(announcers.announced(mover, mover.info(), 7, NEVER, 0)).isFalse();
    assertThat(announcers.announced(mover, mover.info(), 8, NEVER, 0)).isTrue();
    assertThat(shareOf(mover.info(), 7)).isNull();
    assertThat(shareOf(peer(), 8).records).isEqualTo(3);
  }

  /// Those without a public address have nothing in common.
  @Test
  void whoIsOfNoNetworkIsOneOfItsOwn() {
    Announcer one = announcers.add(peer(), 0, NEVER);
    Announcer other = announcers.add(peer(), 0, NEVER);
    one.count(3);
    other.count(4);
    assertThat(shareOf(one.info(), 0).records).isEqualTo(3);
    assertThat(shareOf(peer(), 0)).isNull();
    announcers.announced(one, one.info(), 7, NEVER, 0);
    assertThat(shareOf(one.info(), 0)).as("it was, and is of one now").isNull();
  }
}
