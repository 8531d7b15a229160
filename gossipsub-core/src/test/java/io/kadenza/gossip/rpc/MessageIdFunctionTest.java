package io.kadenza.gossip.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.multiformats.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageIdFunctionTest {

  @Test
  void theDefaultIsTheAuthorAndTheSequenceNumber() {
    Message message = message(Bytes.fromHex("0a0b"), Bytes.fromHex("01"), "data");

    assertThat(MessageIdFunction.ORIGIN_STAMPED.id(message).toHex()).isEqualTo("0a0b01");
  }

  @Test
  void anAnonymousMessageGoesByItsData() {
    Bytes one = MessageIdFunction.ORIGIN_STAMPED.id(message(null, null, "one"));
    Bytes other = MessageIdFunction.ORIGIN_STAMPED.id(message(null, null, "other"));

    assertThat(one).isNotEqualTo(other);
    assertThat(one.toHex())
        .isEqualTo("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  }

  private static Message message(@Nullable Bytes from, @Nullable Bytes seqno, String data) {
    return new Message(from, Bytes.utf8(data), seqno, "t", null, null, Bytes.EMPTY);
  }
}
