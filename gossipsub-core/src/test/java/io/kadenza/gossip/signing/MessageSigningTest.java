package io.kadenza.gossip.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.gossip.rpc.GoVectors;
import io.kadenza.gossip.rpc.Message;
import io.kadenza.gossip.rpc.Rpc;
import io.kadenza.gossip.rpc.RpcCodec;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSigningTest {
  private static final Now NOW = new Now(0, Instant.ofEpochSecond(1_000_000));

  private final Identity alice = Identity.generate(KeyType.ED25519);
  private final Message genuine = new Author(alice).write("t", Bytes.utf8("hello"), NOW);

  static List<String[]> goMessages() {
    return GoVectors.messages();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goMessages")
  void whatGoSignedIsVerified(String keyType, String author, String rpc) {
    byte[] bytes = Bytes.fromHex(rpc).toArray();
    Message message = RpcCodec.decode(bytes).publish().getFirst();

    assertThat(MessageSigning.verify(message)).as(keyType).isTrue();
    assertThat(message.author().orElseThrow()).hasToString(author);
    assertThat(SignaturePolicy.STRICT_SIGN.check(message)).isEmpty();
    assertThat(RpcCodec.encode(Rpc.of(message))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"RSA"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatWeSignIsVerifiedAfterItsTravel(KeyType type) {
    var identity = Identity.generate(type);
    Message sent = new Author(identity).write("t", Bytes.utf8("hello"), NOW);
    Message received = RpcCodec.decode(RpcCodec.encode(Rpc.of(sent))).publish().getFirst();

    assertThat(MessageSigning.verify(received)).isTrue();
    // The key travels when the peer id is only its hash: that of ECDSA's long keys.
    assertThat(received.key() != null).isEqualTo(identity.peerId().inlinePublicKey().isEmpty());
  }

  @Test
  void anythingThatWasTamperedWithIsRefused() {
    Identity mallory = Identity.generate(KeyType.ED25519);
    Bytes signature = genuine.signature();

    assertThat(MessageSigning.verify(genuine)).isTrue();
    assertThat(MessageSigning.verify(with(genuine, "hullo", "t", signature, null))).isFalse();
    assertThat(MessageSigning.verify(with(genuine, "hello", "u", signature, null))).isFalse();
    assertThat(MessageSigning.verify(with(genuine, "hello", "t", Bytes.EMPTY, null))).isFalse();
    assertThat(MessageSigning.verify(with(genuine, "hello", "t", null, null))).isFalse();
    assertThat(
            MessageSigning.verify(
                with(genuine, "hello", "t", signature, mallory.publicKey().protobuf())))
        .isFalse();
    assertThat(MessageSigning.verify(with(genuine, "hello", "t", signature, Bytes.utf8("key"))))
        .isFalse();
  }

  @Test
  void aKeyThatTheAuthorCarriesAnywayMayTravel() {
    // As js sends it.
    Bytes key = alice.publicKey().protobuf();

    assertThat(MessageSigning.verify(with(genuine, "hello", "t", genuine.signature(), key)))
        .isTrue();
  }

  @Test
  void fieldsThatWeDoNotKnowAreSignedAsWell() {
    var extended =
        new Message(
            genuine.from(),
            genuine.data(),
            genuine.seqno(),
            "t",
            null,
            null,
            Bytes.fromHex("4807"));
    Message signed = MessageSigning.sign(extended, alice);
    Message stripped = with(signed, "hello", "t", signed.signature(), null);

    assertThat(MessageSigning.verify(signed)).isTrue();
    assertThat(stripped.unrecognized()).isEqualTo(Bytes.fromHex("4807"));
    var without =
        new Message(
            signed.from(),
            signed.data(),
            signed.seqno(),
            "t",
            signed.signature(),
            null,
            Bytes.EMPTY);
    assertThat(MessageSigning.verify(without)).isFalse();
  }

  @Test
  void anAuthorsSequenceNumbersIncreaseEvenWhenTheClockDoesNot() {
    var author = new Author(alice);
    Bytes first = author.write("t", Bytes.EMPTY, NOW).seqno();
    Bytes second = author.write("t", Bytes.EMPTY, NOW).seqno();
    Bytes earlier = author.write("t", Bytes.EMPTY, new Now(1, Instant.EPOCH)).seqno();

    assertThat(List.of(first, second, earlier)).isSorted().doesNotHaveDuplicates();
    assertThat(first.size()).isEqualTo(8);
  }

  private static Message with(
      Message m, String data, String topic, @Nullable Bytes signature, @Nullable Bytes key) {
    return new Message(
        m.from(), Bytes.utf8(data), m.seqno(), topic, signature, key, m.unrecognized());
  }
}
