package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.engine.EngineInput.Converge;
import io.kadenza.kad.engine.EngineInput.Converge.Walked;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.machine.Now;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// An engine that begins in the middle.
class ConvergeTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private final Contact self = Peers.contact(random);
  private final KadEngine engine = new KadEngine(KadConfig.DEFAULT, self.id(), random.split());
  private final Now now = new Now(0, Instant.EPOCH);
  private final List<Contact> others = Peers.contacts(300, random);

  @Test
  void asksNobodyAndKnowsEverybodyThatItHasRoomFor() {
    assertThat(engine.apply(new Converge(others, List.of()), now)).isEmpty();
    KadKey target = others.getFirst().key();
    assertThat(engine.neighbourhood().table().closest(target, 1))
        .containsExactly(others.getFirst());
    assertThat(engine.neighbourhood().table().size()).isBetween(100, 200);
    assertThat(engine.inFlight()).isZero();
  }

  @Test
  void refreshesWithinTheInterval() {
    engine.apply(new Converge(others, List.of()), now);
    assertThat(engine.deadline()).isPresent();
    assertThat(engine.deadline().getAsLong())
        .isBetween(0L, KadConfig.DEFAULT.refreshInterval().toNanos());
  }

  @Test
  void upkeepAsksOneAfterTheOther() {
    engine.apply(new Converge(others, List.of()), now);
    Now due = new Now(engine.deadline().getAsLong(), Instant.EPOCH);
    assertThat(engine.tick(due)).filteredOn(EngineEffect.Ask.class::isInstance).hasSize(1);
    assertThat(engine.inFlight()).isEqualTo(1);
  }

  @Test
  void knowsTheSizeOfTheNetworkFromItsWalks() {
    var walks = new ArrayList<Walked>();
    for (int i = 0; i < 6; i++) {
      KadKey target = KadKey.of(Peers.key(random));
      var closest = new ArrayList<>(others);
      closest.sort(Comparator.comparing(contact -> target.distance(contact.key())));
      walks.add(new Walked(target, closest.subList(0, 20)));
    }
    engine.apply(new Converge(others, walks), now);
    assertThat(engine.neighbourhood().networkSize()).isPresent();
    assertThat(engine.neighbourhood().networkSize().getAsDouble()).isBetween(200.0, 450.0);
  }
}
