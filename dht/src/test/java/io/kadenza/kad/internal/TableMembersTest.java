package io.kadenza.kad.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.KadEngine;
import io.kadenza.kad.engine.Stores;
import io.kadenza.kad.key.Contact;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableMembersTest {
  private static PeerId peer() {
    return Identity.generate(KeyType.ED25519).peerId();
  }

  @Test
  void thoseInTheTableAsItIsNowAreMembers() {
    var random = new SplittableRandom(1);
    KadConfig config = KadConfig.DEFAULT;
    var engine = new KadEngine(config, Contact.of(peer()), random, Stores.inMemory(config, random));
    var members = new TableMembers(engine.neighbourhood());
    PeerId one = peer();
    assertThat(members.test(one)).isFalse();

    engine.apply(
        new EngineInput.Converge(List.of(Contact.of(one)), List.of()), new Now(1, Instant.EPOCH));

    assertThat(members.test(one)).isTrue();
    assertThat(members.test(peer())).isFalse();
  }
}
