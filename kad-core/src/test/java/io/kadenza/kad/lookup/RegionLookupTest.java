package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Walks that take in a region, among 300 honest peers.
class RegionLookupTest {
  private static final LookupConfig CONFIG = LookupConfig.DEFAULT;
  private static final int SERVERS = 300;

  private final Graph network = new Graph(5, SERVERS, 0);
  private final Region region = Region.of(SERVERS, CONFIG.k(), 1.5);
  private final List<Contact> honest =
      network.closestAlive(SERVERS).stream()
          .filter(peer -> distance(peer) <= region.radius())
          .toList();

  @Test
  void everybodyInARegionIsAsked() {
    assertThat(walk(region, honest)).containsAll(honest).hasSizeGreaterThan(CONFIG.k());
  }

  @Test
  void whereNobodyCrowdsTheKClosestAreEnoughForASearch() {
    assertThat(walk(region.onlyIfCrowded(), honest)).isEqualTo(honest.subList(0, CONFIG.k()));
  }

  @Test
  void a1WherePeersCrowdASearchTakesInTheRegion() {
    List<Contact> all = crowd(CONFIG.k());
    all.addAll(honest);
    assertThat(walk(region.onlyIfCrowded(), all)).containsAll(honest);
  }

  @Test
  void a1WhoDoesNotCrowdLeavesHonestPeersAmongTheClosest() {
    // As many as can be there unnoticed: the k-th closest is an honest one just outside.
    double crowded = region.crowdRadius();
    int inside = (int) honest.stream().filter(peer -> distance(peer) <= crowded).count();
    List<Contact> all = crowd(CONFIG.k() - 1 - inside);
    all.addAll(honest);
    List<Contact> found = walk(region.onlyIfCrowded(), all);
    assertThat(found).hasSize(CONFIG.k());
    assertThat(found.stream().filter(honest::contains)).hasSizeGreaterThan(inside);
    assertThat(inside).isPositive();
  }

  @Test
  void a1WhoeverCrowdsAroundTheTargetTakesNoPlaceFromThoseFartherOffInTheRegion() {
    List<Contact> all = crowd(300);
    all.addAll(honest);
    assertThat(walk(region, all))
        .containsAll(honest.stream().filter(peer -> distance(peer) > region.radius() / 64).toList())
        .hasSizeLessThan(300);
  }

  @Test
  void onlyACrowdIsOne() {
    List<Contact> all = crowd(CONFIG.k());
    all.addAll(honest);
    Lookup crowded = walked(region, all);
    assertThat(crowded).matches(Lookup::isCrowded);
    assertThat(all).filteredOn(crowded::isInCrowd).containsAll(all.subList(0, CONFIG.k()));
    assertThat(honest)
        .filteredOn(peer -> distance(peer) > region.crowdRadius())
        .noneMatch(crowded::isInCrowd)
        .isNotEmpty();
    assertThat(walked(region, honest)).matches(lookup -> !lookup.isCrowded());
    assertThat(walked(Region.of(SERVERS, CONFIG.k(), 0), all))
        .as("without a region")
        .matches(lookup -> !lookup.isCrowded());
  }

  /// Peers with ids ground to be next to the target.
  private List<Contact> crowd(int count) {
    var crowd = new ArrayList<Contact>();
    while (crowd.size() < count) {
      Contact contact = Contact.of(Peers.id(network.random));
      if (distance(contact) < region.radius() / 64) {
        crowd.add(contact);
      }
    }
    return crowd;
  }

  private double distance(Contact contact) {
    return network.target.distance(contact.key()).fraction();
  }

  private List<Contact> walk(Region expected, List<Contact> seeds) {
    return walked(expected, seeds).closest();
  }

  /// A walk that begins with everybody there is, all of whom answer.
  private Lookup walked(Region expected, List<Contact> seeds) {
    KadKey self = Peers.contact(network.random).key();
    var lookup = new Lookup(CONFIG, expected, network.target, self, _ -> true, seeds, 0);
    for (Contact next = lookup.next(0); next != null; next = lookup.next(0)) {
      lookup.answered(next, List.of());
    }
    assertThat(lookup.isOver()).isTrue();
    return lookup;
  }
}
