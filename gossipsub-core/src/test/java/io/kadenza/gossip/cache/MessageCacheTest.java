package io.kadenza.gossip.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import org.junit.jupiter.api.Test;

class MessageCacheTest {
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");
  private static final PeerId PEER = PeerId.ofPublicKey(new byte[] {1});
  private static final PeerId OTHER = PeerId.ofPublicKey(new byte[] {2});

  private final MessageCache cache = new MessageCache(1 << 20);

  @Test
  void aMessageIsAnnouncedForThreeHeartbeatsAndHadForFive() {
    cache.put(A, message("t", 1));
    for (int i = 0; i < 2; i++) {
      cache.shift();
    }
    assertThat(cache.gossipIds("t")).containsExactly(A);
    cache.shift();
    assertThat(cache.gossipIds("t")).isEmpty();
    cache.shift();
    assertThat(cache.take(A, PEER)).isPresent();
    cache.shift();
    assertThat(cache.take(A, PEER)).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void onlyTheTopicsOwnMessagesAreAnnounced() {
    cache.put(A, message("t", 1));
    cache.put(B, message("u", 1));

    assertThat(cache.gossipIds("t")).containsExactly(A);
  }

  @Test
  void aPeerGetsAMessageThreeTimesAtMost() {
    cache.put(A, message("t", 1));
    for (int i = 0; i < 3; i++) {
      assertThat(cache.take(A, PEER)).isPresent();
    }

    assertThat(cache.take(A, PEER)).isEmpty();
    assertThat(cache.take(A, OTHER)).isPresent();
  }

  @Test
  void whoWasGivenWhatTakesNoMoreThanItsPart() {
    var small = new MessageCache(10_000);
    small.put(A, message("t", 1));
    int given = 0;
    for (int i = 0; i < 250; i++) {
      PeerId each = PeerId.ofPublicKey(new byte[] {3, (byte) i});
      given += small.take(A, each).isPresent() ? 1 : 0;
    }
    assertThat(given).isEqualTo(10_000 / 4 / 64);

    for (int i = 0; i < MessageCache.WINDOWS; i++) {
      small.shift();
    }
    small.put(B, message("t", 1));
    assertThat(small.take(B, PEER)).isPresent();
  }

  @Test
  void whenItsBytesAreUsedUpTheOldestMessageGoes() {
    var small = new MessageCache(10_000);
    small.put(A, message("t", 6_000));
    small.shift();
    small.put(B, message("t", 6_000));

    assertThat(small.take(A, PEER)).isEmpty();
    assertThat(small.take(B, PEER)).isPresent();
    assertThat(small.gossipIds("t")).containsExactly(B);
  }

  private static Message message(String topic, int size) {
    return new Message(null, Bytes.wrap(new byte[size]), null, topic, null, null, Bytes.EMPTY);
  }
}
