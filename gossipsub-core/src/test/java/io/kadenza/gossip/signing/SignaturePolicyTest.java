package io.kadenza.gossip.signing;

import static io.kadenza.gossip.signing.SignaturePolicy.LAX;
import static io.kadenza.gossip.signing.SignaturePolicy.STRICT_SIGN;
import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.gossip.rpc.Message;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignaturePolicyTest {
  private static final Bytes FROM = PeerId.ofPublicKey(new byte[] {1}).bytes();
  private static final Bytes SEQNO = Bytes.fromHex("0000000000000001");
  private static final Bytes SIGNATURE = Bytes.utf8("signature");

  @Test
  void strictDemandsAuthorSequenceNumberAndSignature() {
    assertThat(STRICT_SIGN.check(message(FROM, SEQNO, SIGNATURE))).isEmpty();
    assertThat(STRICT_SIGN.check(message(FROM, SEQNO, null))).contains(Rejection.UNSIGNED);
    assertThat(STRICT_SIGN.check(message(FROM, SEQNO, Bytes.EMPTY))).contains(Rejection.UNSIGNED);
    assertThat(STRICT_SIGN.check(message(null, SEQNO, SIGNATURE))).contains(Rejection.NO_AUTHOR);
    assertThat(STRICT_SIGN.check(message(FROM, null, SIGNATURE))).contains(Rejection.BAD_SEQNO);
    assertThat(STRICT_SIGN.check(message(FROM, FROM, SIGNATURE))).contains(Rejection.BAD_SEQNO);
  }

  @Test
  void anAuthorThatIsNoPeerIdIsRefusedByBoth() {
    Bytes nobody = Bytes.utf8("nobody");
    Bytes endless = Bytes.wrap(new byte[1 << 16]);

    assertThat(STRICT_SIGN.check(message(nobody, SEQNO, SIGNATURE))).contains(Rejection.NO_AUTHOR);
    assertThat(LAX.check(message(nobody, SEQNO, null))).contains(Rejection.NO_AUTHOR);
    assertThat(LAX.check(message(endless, SEQNO, null))).contains(Rejection.NO_AUTHOR);
  }

  @Test
  void laxAcceptsWhatIsUnsignedButASignatureMustBeWhole() {
    assertThat(LAX.check(message(FROM, SEQNO, null))).isEmpty();
    assertThat(LAX.check(message(null, null, null))).isEmpty();
    assertThat(LAX.check(message(null, SEQNO, SIGNATURE))).contains(Rejection.NO_AUTHOR);
    assertThat(LAX.check(message(FROM, FROM, null))).contains(Rejection.BAD_SEQNO);
  }

  private static Message message(
      @Nullable Bytes from, @Nullable Bytes seqno, @Nullable Bytes signature) {
    return new Message(from, Bytes.utf8("data"), seqno, "t", signature, null, Bytes.EMPTY);
  }
}
