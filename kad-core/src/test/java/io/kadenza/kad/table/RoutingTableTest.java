package io.kadenza.kad.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.table.RoutingTable.Admission;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {
  private static final int K = 20;

  private final SplittableRandom random = new SplittableRandom(7);
  private final KadKey self = Peers.contact(random).key();
  private final RoutingTable table = new RoutingTable(self, K);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theClosestAreWhatSortingEverybodyGives(long seed) {
    var dice = new SplittableRandom(seed);
    Contact own = Peers.contact(dice);
    var filled = new RoutingTable(own.key(), K);
    Peers.contacts(dice.nextInt(1, 600), dice).forEach(contact -> filled.add(contact, 0));
    List<Contact> all = new ArrayList<>(filled.snapshot().all());
    for (int i = 0; i < 50; i++) {
      KadKey target = i == 0 ? own.key() : KadKey.of(Peers.key(dice));
      int n = dice.nextInt(1, 45);
      all.sort((a, b) -> target.compareDistance(a.key(), b.key()));
      assertThat(filled.snapshot().closest(target, n))
          .as("seed %d", seed)
          .isEqualTo(all.subList(0, Math.min(n, all.size())));
      Contact left = all.get(dice.nextInt(all.size()));
      assertThat(filled.snapshot().closest(target, n, left.id()))
          .isEqualTo(all.stream().filter(c -> !c.equals(left)).limit(n).toList());
    }
  }

  @Test
  void aFullBucketKeepsWhomItHas() {
    List<Contact> far = inBucket(0, K + 3);
    for (Contact contact : far.subList(0, K)) {
      assertThat(table.add(contact, 1)).isEqualTo(Admission.ADDED);
    }
    for (Contact contact : far.subList(K, K + 3)) {
      assertThat(table.add(contact, 2)).isEqualTo(Admission.FULL);
    }
    assertThat(table.snapshot().bucket(0)).isEqualTo(far.subList(0, K));
    assertThat(table.hasRoomFor(far.getLast())).isFalse();
  }

  @Test
  void whoComesSecondWaitsForAFreePlace() {
    List<Contact> far = inBucket(0, K + 2);
    far.forEach(contact -> table.add(contact, 1));
    assertThat(table.remove(far.getFirst().key())).isTrue();
    assertThat(table.takeSpare(0)).isEqualTo(far.get(K + 1));
    assertThat(table.takeSpare(0)).isEqualTo(far.get(K));
    assertThat(table.takeSpare(0)).isNull();
  }

  @Test
  void onlyTheLatestFiveWaitAndEachOnce() {
    List<Contact> far = inBucket(0, K + 7);
    far.forEach(contact -> table.add(contact, 1));
    table.addSpare(far.get(K + 3));
    table.addSpare(far.getFirst());
    List<PeerInfo> latest =
        Stream.of(K + 2, K + 4, K + 5, K + 6, K + 3).map(i -> far.get(i).info()).toList();
    assertThat(table.view(1).getFirst().waiting()).isEqualTo(latest);
  }

  @Test
  void whoComesInOrIsForgottenWaitsNoMore() {
    List<Contact> far = inBucket(0, 2);
    far.forEach(table::addSpare);
    assertThat(table.remove(far.getFirst().key())).isFalse();
    assertThat(table.add(far.getLast(), 1)).isEqualTo(Admission.ADDED);
    assertThat(table.takeSpare(0)).isNull();
  }

  @Test
  void whoIsFilledInWaitsNoMore() {
    Contact far = inBucket(0, 1).getFirst();
    table.addSpare(far);
    table.fill(List.of(far), 1);
    assertThat(table.contains(far)).isTrue();
    assertThat(table.takeSpare(0)).isNull();
  }

  @Test
  void thereIsRoomForWhomWeDoNotHave() {
    List<Contact> far = inBucket(0, 2);
    table.add(far.getFirst(), 1);
    assertThat(table.hasRoomFor(far.getFirst())).isFalse();
    assertThat(table.hasRoomFor(far.getLast())).isTrue();
  }

  @Test
  void aViewTellsOfPeersConductAndOfThoseWhoWait() {
    List<Contact> far = inBucket(0, K + 1);
    far.forEach(contact -> table.add(contact, 10));
    Contact near = inBucket(3, 1).getFirst();
    table.add(near, 20);
    table.answered(far.get(1).key(), 50);
    table.failed(far.get(2).key());

    List<TableView.Bucket> view = table.view(100);

    assertThat(view).extracting(TableView.Bucket::prefix).containsExactly(0, 3);
    assertThat(view.get(0).peers().subList(0, 3))
        .containsExactly(
            new TableView.Peer(far.get(0).info(), Duration.ofSeconds(90), 0),
            new TableView.Peer(far.get(1).info(), Duration.ofSeconds(50), 0),
            new TableView.Peer(far.get(2).info(), Duration.ofSeconds(90), 1));
    assertThat(view.get(0).peers()).hasSize(K);
    assertThat(view.get(0).waiting()).containsExactly(far.get(K).info());
    assertThat(view.get(1).peers())
        .containsExactly(new TableView.Peer(near.info(), Duration.ofSeconds(80), 0));
    assertThat(new TableView(K, Optional.empty(), view).size()).isEqualTo(K + 1);
  }

  @Test
  void weAreNeverInOurOwnTable() {
    Contact own = Peers.contact(random);
    var mine = new RoutingTable(own.key(), K);
    assertThat(mine.add(own, 1)).isEqualTo(Admission.REFUSED);
    assertThat(mine.hasRoomFor(own)).isFalse();
    mine.addSpare(own);
    assertThat(mine.size()).isZero();
  }

  @Test
  void whoFailsIsNotNamedToOthersUntilItAnswers() {
    List<Contact> some = Peers.contacts(3, random);
    some.forEach(contact -> table.add(contact, 1));
    Contact failing = some.get(1);
    assertThat(table.failed(failing.key())).isEqualTo(1);
    assertThat(table.snapshot().all()).hasSize(2).doesNotContain(failing);
    assertThat(table.contains(failing.key())).isTrue();
    assertThat(table.doubtful(0, _ -> false)).containsExactly(failing);
    table.answered(failing.key(), 2);
    assertThat(table.snapshot().all()).hasSize(3).contains(failing);
    assertThat(table.failed(failing.key())).isEqualTo(1);
    assertThat(table.failed(failing.key())).isEqualTo(2);
    assertThat(table.snapshot().all()).hasSize(2);
    assertThat(table.add(failing, 3)).isEqualTo(Admission.RENEWED);
    assertThat(table.snapshot().all()).hasSize(3);
  }

  @Test
  void whenAllFailTheyAreStillTheBestToAskFirst() {
    List<Contact> some = Peers.contacts(3, random);
    some.forEach(contact -> table.add(contact, 1));
    some.forEach(contact -> table.failed(contact.key()));
    assertThat(table.snapshot().size()).isZero();
    assertThat(table.seeds(self, K)).containsExactlyInAnyOrderElementsOf(some);
  }

  @Test
  void aSnapshotStaysAsItWas() {
    List<Contact> some = Peers.contacts(10, random);
    some.forEach(contact -> table.add(contact, 1));
    TableSnapshot before = table.snapshot();
    List<Contact> then = before.all();
    table.remove(some.getFirst().key());
    table.failed(some.getLast().key());
    Peers.contacts(10, random).forEach(contact -> table.add(contact, 1));
    assertThat(before.all()).isEqualTo(then);
    assertThat(table.snapshot().all()).isNotEqualTo(then);
  }

  @Test
  void withoutChangeTheSnapshotIsTheSame() {
    table.add(Peers.contact(random), 1);
    TableSnapshot before = table.snapshot();
    table.answered(before.all().getFirst().key(), 2);
    assertThat(table.snapshot()).isSameAs(before);
  }

  @Test
  void whoConnectsIsThereButStillHasToAnswerIfItFailedBefore() {
    List<Contact> some = Peers.contacts(2, random);
    some.forEach(contact -> table.add(contact, 1));
    some.forEach(contact -> table.met(contact, 50));
    assertThat(table.doubtful(50, _ -> false)).isEmpty();
    assertThat(table.doubtful(51, _ -> false)).hasSize(2);
    table.failed(some.getLast().key());
    table.met(some.getLast(), 60);
    assertThat(table.doubtful(50, _ -> false)).containsExactly(some.getLast());
  }

  @Test
  void newAddressesReplaceTheOldOnes() {
    Contact contact = Peers.contact(random);
    table.add(contact, 1);
    Contact moved = contact.at(new PeerInfo(contact.id(), List.of(Peers.address(random))));
    assertThat(table.met(moved, 9)).isEqualTo(RoutingTable.Renewal.MOVED);
    assertThat(table.snapshot().all().getFirst().info()).isEqualTo(moved.info());
    Contact homeless = contact.at(new PeerInfo(contact.id(), List.of()));
    assertThat(table.met(homeless, 9)).isEqualTo(RoutingTable.Renewal.UNCHANGED);
    assertThat(table.snapshot().all().getFirst().info()).isEqualTo(moved.info());
  }

  @Test
  void whoHasNotAnsweredForLongIsDoubtful() {
    List<Contact> some = Peers.contacts(2, random);
    table.add(some.get(0), 100);
    table.add(some.get(1), 200);
    assertThat(table.doubtful(150, _ -> false)).containsExactly(some.get(0));
    assertThat(table.doubtful(50, _ -> false)).isEmpty();
  }

  private List<Contact> inBucket(int bucket, int count) {
    var found = new ArrayList<Contact>();
    while (found.size() < count) {
      Contact contact = Peers.contact(random);
      if (table.bucketOf(contact.key()) == bucket) {
        found.add(contact);
      }
    }
    return found;
  }

  @Test
  void whoCameWithOthersIsStillLookedAtAlone() {
    List<Contact> contacts = Peers.contacts(10, random);
    table.fill(contacts, 10);
    Contact first = contacts.getFirst();
    table.answered(first.key(), 20);
    assertThat(table.doubtful(15, _ -> false)).hasSize(9).doesNotContain(first);
    table.failed(first.key());
    assertThat(table.doubtful(5, _ -> false)).containsExactly(first);
    assertThat(table.snapshot().all()).hasSize(9).doesNotContain(first);
    table.answered(first.key(), 30);
    assertThat(table.doubtful(5, _ -> false)).isEmpty();
    contacts.forEach(contact -> table.remove(contact.key()));
    assertThat(table.size()).isZero();
  }

  @Test
  void aBucketThatRanEmptyIsFilledAnew() {
    List<Contact> far = inBucket(0, 3);
    table.add(far.getFirst(), 1);
    table.failed(far.getFirst().key());
    table.remove(far.getFirst().key());

    table.fill(far.subList(1, 3), 10);

    assertThat(table.doubtful(10, _ -> false)).isEmpty();
    assertThat(table.doubtful(11, _ -> false)).containsExactlyElementsOf(far.subList(1, 3));
  }
}
