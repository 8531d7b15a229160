package io.kadenza.kad.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.net.Peers;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RefreshKeysTest {
  @Test
  void aKeyLiesInTheBucketItIsFor() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      KadKey self = KadKey.of(Peers.key(random));
      for (int prefix = 0; prefix <= RefreshKeys.MAX_PREFIX; prefix++) {
        Bytes key = RefreshKeys.inBucket(self, prefix, random);
        assertThat(self.commonPrefixLength(KadKey.of(key))).isEqualTo(prefix);
        assertThat(PeerId.of(key.toArray()).bytes()).isEqualTo(key);
      }
    }
  }
}
