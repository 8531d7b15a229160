package io.kadenza.kad.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import io.kadenza.multiformats.wire.LengthPrefixed;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  /// Keys of any lengths, some of them many times in a row.
  @Test
  void aFrameIsTheRequestThatTheCodecWrites() {
    var random = new SplittableRandom(11);
    PeerInfo provider = Peers.info(random);
    var announcements = new Announcements(provider);
    int length = 34;
    for (int i = 0; i < 500; i++) {
      if (random.nextInt(4) == 0) {
        length = random.nextInt(1, 81);
      }
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      Bytes key = Bytes.wrap(bytes);
      assertThat(announcements.frame(key))
          .isEqualTo(
              LengthPrefixed.frame(
                  KadCodec.encodeRequest(new KadRequest.AddProvider(key, provider))));
    }
  }
}
