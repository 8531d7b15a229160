package io.kadenza.node.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LessonContentTest {
  @Test
  void hasTheKeysThatTheLessonComputes() {
    assertThat(LessonContent.VALUE_KEY.toHex())
        .isEqualTo("d73e473a858e19bcc885573012253e813b277272d238fbb0b6ca6ac0006a72d8");
    assertThat(LessonContent.CONTENT_KEY.toHex())
        .isEqualTo("361f2ed1183bca491b8aec11f0b9e5c06724759b0f7480ae7fb4894901993bc8");
    assertThat(LessonContent.valueKeyText())
        .isEqualTo("FVDjasarSFDoLPMdgnp1dHSbW2ZAfN8NU2zNbCQeczgP");
  }

  @Test
  void readsStructuredAndBareChatMessages() {
    var self = Identity.generate(KeyType.ED25519).peerId();
    Bytes structured = ChatMessage.encode(self, "hello", Instant.ofEpochSecond(1));

    assertThat(ChatMessage.text(structured)).isEqualTo("hello");
    assertThat(ChatMessage.text(Bytes.utf8("just text"))).isEqualTo("just text");
    assertThat(ChatMessage.text(Bytes.fromHex("fffe"))).isEqualTo("fffe");
    assertThat(ChatMessage.text(Bytes.utf8("x".repeat(5_000)))).hasSize(1_001);
  }
}
