package io.kadenza.kad.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.ProtoReader;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenContactsTest {
  private final SplittableRandom random = new SplittableRandom(11);
  private final SeenContacts seen = new SeenContacts();

  private @Nullable Contact decode(byte[] wire) {
    return seen.decode(new ProtoReader(wire));
  }

  private byte[] wire(PeerInfo peer) {
    return Contact.of(peer).wire();
  }

  @Test
  void whoIsNamedInTheSameWordsAgainIsTheSameContact() {
    byte[] wire = wire(Peers.info(random));

    Contact first = decode(wire);

    assertThat(first).isNotNull();
    assertThat(decode(wire.clone())).isSameAs(first);
  }

  @Test
  void thePeerAtOtherAddressesIsReadAnew() {
    PeerInfo here = Peers.info(random);
    var there = new PeerInfo(here.id(), List.of(Peers.address(random)));

    decode(wire(here));

    assertThat(decode(wire(there))).extracting(Contact::info).isEqualTo(there);
    assertThat(decode(wire(here))).extracting(Contact::info).isEqualTo(here);
  }

  @Test
  void aPeerWithMoreAddressesThanAreKeptIsReadAllTheSame() {
    List<Multiaddr> many = IntStream.range(0, 60).mapToObj(_ -> Peers.address(random)).toList();
    var peer = new PeerInfo(Peers.id(random), many);

    assertThat(decode(wire(peer))).extracting(Contact::info).isEqualTo(peer);
    assertThat(decode(wire(peer))).isNotSameAs(decode(wire(peer)));
  }

  @Test
  void whatIsNoPeerStaysNone() {
    byte[] withoutId = new ProtoWriter().bytes(2, new byte[60]).toByteArray();

    assertThat(decode(withoutId)).isNull();
    assertThat(decode(withoutId)).isNull();
    assertThat(decode(new byte[0])).isNull();
  }

  /// More peers than there are places, so that they push each other out, named in any order.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void itReadsWhatStandsThere(long seed) {
    var dice = new SplittableRandom(seed);
    List<byte[]> wires = Peers.contacts(700, dice).stream().map(Contact::wire).toList();
    for (int i = 0; i < 5_000; i++) {
      byte[] wire = wires.get(dice.nextInt(wires.size()));
      if (dice.nextInt(10) == 0) {
        wire = Arrays.copyOf(wire, dice.nextInt(wire.length));
      }
      Contact plain = PeerWire.decode(new ProtoReader(wire));
      Contact read = decode(wire);
      assertThat(read).as("seed %d, step %d", seed, i).isEqualTo(plain);
      if (read != null && plain != null) {
        assertThat(read.info()).as("seed %d, step %d", seed, i).isEqualTo(plain.info());
      }
    }
  }
}
