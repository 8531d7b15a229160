package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final SplittableRandom random = new SplittableRandom(12);
  private final KadKey target = KadKey.of(Peers.key(random));
  private final Candidates candidates = new Candidates(target, 3);

  /// So many of the octave that is farthest from the target, the closest first.
  private List<Contact> far(int count) {
    var found = new ArrayList<Contact>();
    while (found.size() < count) {
      Contact contact = Peers.contact(random);
      if (target.commonPrefixLength(contact.key()) == 0) {
        found.add(contact);
      }
    }
    found.sort(Comparator.comparing(contact -> target.distance(contact.key())));
    return found;
  }

  private List<Contact> all() {
    return IntStream.range(0, candidates.count()).mapToObj(candidates::contact).toList();
  }

  @Test
  void inAFullOctaveTheFarthestGivesWayToACloserOneAndToNobodyElse() {
    List<Contact> far = far(5);
    assertThat(candidates.add(far.get(1), 1, 0)).isTrue();
    assertThat(candidates.add(far.get(3), 1, 0)).isTrue();
    assertThat(candidates.add(far.get(2), 1, 0)).isTrue();

    assertThat(candidates.add(far.get(4), 1, 0)).isFalse();
    assertThat(candidates.add(far.get(0), 1, 0)).isTrue();

    assertThat(all()).isEqualTo(far.subList(0, 3));
  }

  @Test
  void whoWasAskedKeepsItsPlaceAndWhoComesInItHasAStateOfItsOwn() {
    List<Contact> far = far(5);
    far.subList(2, 5).forEach(contact -> candidates.add(contact, 7, 1));
    candidates.ask(2, 0, 100);

    assertThat(candidates.add(far.get(0), 3, 2)).isTrue();
    assertThat(all()).containsExactly(far.get(0), far.get(2), far.get(4));
    assertThat(candidates.state(0)).isEqualTo(Candidates.HEARD);
    assertThat(candidates.hops(0)).isEqualTo(3);
    assertThat(candidates.path(0)).isEqualTo(2);
    assertThat(candidates.state(2)).isEqualTo(Candidates.ASKED);
    candidates.ask(1, 0, 100);
    candidates.ask(0, 0, 100);

    assertThat(candidates.add(far.get(1), 1, 0)).as("all were asked").isFalse();
  }

  @Test
  void anOctaveThatIsFullTakesNoPlaceFromOthers() {
    List<Contact> far = far(3);
    far.forEach(contact -> candidates.add(contact, 1, 0));
    Contact near = Peers.contact(random);
    while (target.commonPrefixLength(near.key()) == 0) {
      near = Peers.contact(random);
    }

    assertThat(candidates.add(near, 1, 0)).isTrue();

    assertThat(all()).startsWith(near).endsWith(far.get(2)).hasSize(4);
    assertThat(candidates.find(near)).isZero();
    assertThat(candidates.find(far.get(1))).isEqualTo(2);
  }

  @Test
  void whereThereIsRoomForMoreNothingIsForgotten() {
    var many = new Candidates(target, 1_000);
    Contact first = Peers.contact(random);
    many.add(first, 200, 7);
    many.ask(many.find(first), 100, 300);
    for (int i = 0; i < 300; i++) {
      assertThat(many.add(Peers.contact(random), 1, 0)).isTrue();
    }

    int index = many.find(first);
    assertThat(many.count()).isEqualTo(301);
    assertThat(many.state(index)).isEqualTo(Candidates.ASKED);
    assertThat(many.path(index)).isEqualTo(7);
    assertThat(many.hops(index)).as("as many as a byte can tell").isEqualTo(Byte.MAX_VALUE);
    assertThat(many.slowAt(index)).isEqualTo(300);
    assertThat(many.lateAt(index)).isEqualTo(200);
  }
}
