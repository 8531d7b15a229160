package io.kadenza.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Walks among peers that answer, fail, hang and name whom they like, with settings at their ends
/// and keys as close to the target as can be, beside plain sets of whom they have heard of and what
/// became of them.
class LookupLifeTest {
  private static final int WALKS = 100;
  private static final long MILLI = 1_000_000;

  /// As the walk keeps them: four times k of one octave.
  private static final int REMEMBERED = 4;

  private record Event(long at, int serial, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at() == b.at() ? a.serial() - b.serial() : Long.signum(a.at() - b.at()));
  private final List<Contact> population = new ArrayList<>();
  private final Set<Contact> heard = new LinkedHashSet<>();
  private final Set<Contact> asked = new HashSet<>();
  private final Set<Contact> answered = new HashSet<>();
  private final Set<Contact> failed = new HashSet<>();
  private final Set<Contact> slow = new HashSet<>();
  private final Set<Contact> banned = new HashSet<>();

  private SplittableRandom dice = new SplittableRandom();
  private LookupConfig config = LookupConfig.DEFAULT;
  private Contact own = Peers.contact(dice);
  private KadKey target = own.key();
  private long now;
  private int serial;
  private String which = "";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatItFindsIsWhatSortingGives(long seed) {
    for (int i = 0; i < WALKS; i++) {
      walk(seed * WALKS + i);
    }
  }

  private void walk(long seed) {
    which = "seed " + seed;
    dice = new SplittableRandom(seed);
    target = KadKey.of(Peers.key(dice));
    own = dice.nextInt(5) == 0 ? Peers.contactAt(target, Peers.info(dice)) : Peers.contact(dice);
    now = oneOf(0, 1) == 0 ? Long.MAX_VALUE - 3_000 * MILLI : -5;
    int k = oneOf(1, 2, 3, 20, 100);
    config =
        new LookupConfig(
            k,
            oneOf(1, 2, 3, 10, 100),
            oneOf(1, 2, 3, k, 100),
            LookupConfig.DEFAULT.patience(),
            oneOf(0, 1, 1) == 1,
            oneOf(1, 1, 2, 7, 32),
            dice.nextBoolean(),
            true);
    List.of(events, population, heard, asked, answered, failed, slow, banned)
        .forEach(Collection::clear);
    populate(oneOf(1, 2, 10, 50, 200));
    run(new Lookup(config, region(), target, own.key(), c -> !banned.contains(c), seeds(), now));
  }

  private int oneOf(int... choices) {
    return choices[dice.nextInt(choices.length)];
  }

  private void populate(int size) {
    for (int i = 0; i < size; i++) {
      KadKey near = dice.nextBoolean() ? target : own.key();
      int prefix = oneOf(-1, -1, dice.nextInt(240), dice.nextInt(200, 240));
      Contact contact =
          prefix < 0
              ? Peers.contact(dice)
              : Peers.contactAt(near.beyond(prefix, dice), Peers.info(dice));
      population.add(contact);
      if (oneOf(0, 1, 2, 3, 4, 5, 6, 7) == 0) {
        banned.add(contact);
      }
    }
  }

  private Region region() {
    Region region =
        switch (dice.nextInt(3)) {
          case 0 -> Region.UNKNOWN;
          case 1 -> Region.of(population.size(), config.k(), 1.5);
          default -> new Region(dice.nextDouble(), dice.nextDouble(), dice.nextBoolean(), false);
        };
    return region.familiar(dice.nextBoolean());
  }

  private List<Contact> seeds() {
    List<Contact> seeds = someOf(population, oneOf(0, 1, 3, 40));
    heard.addAll(seeds.stream().filter(this::mayBeAsked).toList());
    return seeds;
  }

  private List<Contact> someOf(List<Contact> contacts, int count) {
    var some = new ArrayList<Contact>();
    for (int i = 0; i < count; i++) {
      some.add(dice.nextInt(20) == 0 ? own : contacts.get(dice.nextInt(contacts.size())));
    }
    return some;
  }

  private boolean mayBeAsked(Contact contact) {
    return !contact.equals(own) && !banned.contains(contact);
  }

  /// Until its end, and at times beyond: late answers are welcome.
  private void run(Lookup lookup) {
    int stoppedAt = oneOf(0, 1, 2, 3, 4) == 0 ? dice.nextInt(30) : Integer.MAX_VALUE;
    for (int step = 0; ; step++) {
      assertThat(step).as(which).isLessThan(20_000);
      ask(lookup);
      check(lookup);
      if (step >= stoppedAt) {
        lookup.end(Termination.CANCELLED, now);
        assertThat(lookup.isOver()).as(which).isTrue();
        assertThat(lookup.next(now)).as(which).isNull();
        break;
      }
      if (lookup.isOver() && (events.isEmpty() || dice.nextInt(4) == 0)) {
        break;
      }
      proceed(lookup);
    }
    LookupStats stats = lookup.stats(now);
    assertThat(stats.asked()).as(which).isEqualTo(asked.size());
    assertThat(stats.answered()).as(which).isEqualTo(answered.size());
    assertThat(stats.failed()).as(which).isEqualTo(failed.size());
  }

  private void ask(Lookup lookup) {
    for (Contact next = next(lookup); next != null; next = next(lookup)) {
      Contact peer = next;
      assertThat(asked.add(peer)).as(which).isTrue();
      assertThat(heard).as(which).contains(peer);
      long counted = asked.stream().filter(c -> !isSettled(c) && !slow.contains(c)).count();
      assertThat(lookup.inFlight()).as(which).isEqualTo((int) counted);
      if (!config.hedged()) {
        int most = Math.max(config.alpha(), config.followUp() ? config.k() : 0);
        assertThat(counted).as(which).isLessThanOrEqualTo(most);
      }
      long delay = MILLI * oneOf(dice.nextInt(1, 400), dice.nextInt(400, 9_000), 10_000);
      boolean answers = dice.nextInt(4) != 0 && delay < 10_000 * MILLI;
      events.add(new Event(now + delay, serial++, () -> settle(lookup, peer, answers)));
    }
  }

  private @Nullable Contact next(Lookup lookup) {
    return config.hedged() ? lookup.next(now, _ -> now + 1_000 * MILLI) : lookup.next(now);
  }

  private boolean isSettled(Contact contact) {
    return answered.contains(contact) || failed.contains(contact);
  }

  private void settle(Lookup lookup, Contact peer, boolean answers) {
    boolean awaited = !lookup.isOver();
    if (answers) {
      List<Contact> named = named();
      List<Contact> expected =
          named.stream()
              .limit(2L * config.k())
              .filter(c -> mayBeAsked(c) && !heard.contains(c))
              .distinct()
              .toList();
      List<Contact> fresh = lookup.answered(peer, named);
      assertThat(fresh != null || !awaited).as(which).isTrue();
      if (fresh != null) {
        answered.add(peer);
        slow.remove(peer);
        assertThat(expected).as(which).containsAll(fresh);
        heard.addAll(expected);
      }
    } else if (lookup.failed(peer)) {
      failed.add(peer);
      slow.remove(peer);
    } else {
      assertThat(awaited).as(which).isFalse();
    }
  }

  /// Mostly the closest, as honest peers do.
  private List<Contact> named() {
    int count = oneOf(0, 1, 1, 2, 3) * config.k();
    return dice.nextInt(3) == 0
        ? someOf(population, count)
        : sorted(population, _ -> dice.nextInt(4) != 0).stream().limit(count).toList();
  }

  private void proceed(Lookup lookup) {
    OptionalLong slowAt = config.hedged() ? lookup.slowAt(now) : OptionalLong.empty();
    Event next = events.peek();
    assertThat(next != null || slowAt.isPresent()).as("%s waits for nothing", which).isTrue();
    if (next == null || (slowAt.isPresent() && slowAt.getAsLong() - next.at() < 0)) {
      now = later(now, slowAt.getAsLong());
      slow.addAll(lookup.markSlow(now));
    } else {
      events.remove();
      now = later(now, next.at());
      next.action().run();
    }
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }

  private List<Contact> sorted(Collection<Contact> contacts, Predicate<Contact> wanted) {
    Comparator<Contact> byDistance = (a, b) -> target.compareDistance(a.key(), b.key());
    return contacts.stream().filter(wanted).sorted(byDistance).toList();
  }

  private List<Contact> firstK(List<Contact> contacts) {
    return contacts.subList(0, Math.min(config.k(), contacts.size()));
  }

  private void check(Lookup lookup) {
    List<Contact> closest = lookup.closest();
    assertThat(firstK(closest)).as(which).isEqualTo(firstK(sorted(answered, _ -> true)));
    assertThat(closest).as(which).isEqualTo(sorted(Set.copyOf(closest), answered::contains));
    if (isTooMuchToRemember()) {
      return;
    }
    List<Contact> promising = sorted(heard, c -> !failed.contains(c) && !slow.contains(c));
    assertThat(firstK(lookup.holders())).as(which).isEqualTo(firstK(promising));
    assertThat(lookup.known()).as(which).isEqualTo(sorted(heard, c -> !failed.contains(c)));
    if (!lookup.isOver()) {
      return;
    }
    switch (lookup.stats(now).reason()) {
      case COMPLETED -> {
        int enough = config.followUp() ? config.k() : Math.min(config.k(), config.beta());
        assertThat(promising).as(which).hasSizeGreaterThanOrEqualTo(enough);
        assertThat(answered).as(which).containsAll(promising.subList(0, enough));
      }
      case STARVED -> assertThat(heard).as(which).allMatch(c -> isSettled(c) || slow.contains(c));
      default -> assertThat(heard).as(which).isEmpty();
    }
  }

  private boolean isTooMuchToRemember() {
    Map<Integer, Integer> octaves = new HashMap<>();
    heard.forEach(c -> octaves.merge(Math.min(64, c.commonPrefixLength(target)), 1, Integer::sum));
    return octaves.values().stream().anyMatch(count -> count > REMEMBERED * config.k());
  }
}
