package io.kadenza.kad.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.LengthPrefixed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private final SplittableRandom random = new SplittableRandom(11);
  private final PeerInfo provider = Peers.info(random);
  private final Announcements announcements = new Announcements(provider);

  private Bytes key(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  private byte[] written(List<Bytes> keys) {
    var all = new ByteArrayOutputStream();
    for (Bytes key : keys) {
      byte[] body = KadCodec.encodeRequest(new KadRequest.AddProvider(key, provider));
      all.writeBytes(LengthPrefixed.frame(body));
    }
    return all.toByteArray();
  }

  /// Keys of any lengths, some of them many times in a row, in pieces of any size.
  @Test
  void theFramesAreTheRequestsThatTheCodecWrites() {
    var keys = new ArrayList<Bytes>();
    int length = 34;
    for (int i = 0; i < 500; i++) {
      length = random.nextInt(4) == 0 ? random.nextInt(1, 81) : length;
      keys.add(key(length));
    }
    var all = new ByteArrayOutputStream();
    int at = 0;
    while (at < keys.size()) {
      byte[] some = announcements.frames(keys, at, keys.size(), random.nextInt(2_000));
      at += some.length / announcements.frameBytes();
      all.writeBytes(some);
    }

    assertThat(all.toByteArray()).isEqualTo(written(keys));
  }

  @Test
  void asManyAreMadeAsFitAndAreWanted() {
    List<Bytes> keys = List.of(key(34), key(34), key(34), key(34), key(36));
    int one = written(keys.subList(0, 1)).length;

    assertThat(announcements.frames(keys, 0, 5, 3 * one - 1))
        .isEqualTo(written(keys.subList(0, 2)));
    assertThat(announcements.frames(keys, 1, 3, 9 * one)).isEqualTo(written(keys.subList(1, 3)));
    assertThat(announcements.frames(keys, 1, 5, 9 * one)).isEqualTo(written(keys.subList(1, 4)));
    assertThat(announcements.frames(keys, 4, 5, 0)).isEqualTo(written(keys.subList(4, 5)));
  }
}
