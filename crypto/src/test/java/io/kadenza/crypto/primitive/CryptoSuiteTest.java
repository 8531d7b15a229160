package io.kadenza.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CryptoSuiteTest {
  @Test
  void theBestSuiteIsTheAcceleratedOneWhereThereIsOne() {
    assertThat(CryptoSuite.best())
        .isSameAs(CryptoSuite.accelerated().orElse(CryptoSuite.best()))
        .isSameAs(CryptoSuite.best());
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void isAcceleratedOnTheCommonestServers() {
    assertThat(CryptoSuite.best().describe()).contains("Conscrypt").doesNotContain("not load");
  }

  @Test
  void saysInOneLineWhoComputesWhat() {
    assertThat(CryptoSuite.portable().describe())
        .contains("X25519", "Ed25519", "ChaCha20-Poly1305", "Bouncy Castle", "JDK");
    assertThat(CryptoSuite.best().describe()).doesNotContain("\n").contains("ChaCha20-Poly1305");
  }

  @Test
  void registersNoProvider() {
    CryptoSuite.best().aead(new byte[32]);

    assertThat(Arrays.stream(Security.getProviders()).map(Provider::getName))
        .doesNotContain("Conscrypt", "BC");
  }

  @Test
  void believesASuiteOnlyAfterItComputedTheVectors() {
    CryptoSuite good = CryptoSuite.portable();
    assertThatCode(() -> SelfTest.run(good)).doesNotThrowAnyException();

    assertThatThrownBy(() -> SelfTest.run(new Wrong(good)))
        .isInstanceOf(GeneralSecurityException.class);
  }

  /// A suite whose AEAD forgets to encrypt.
  private record Wrong(CryptoSuite good) implements CryptoSuite {
    @Override
    public X25519 x25519() {
      return good.x25519();
    }

    @Override
    public Ed25519 ed25519() {
      return good.ed25519();
    }

    @Override
    public Aead aead(byte[] key) {
      return new Aead() {
        @Override
        public int seal(
            long nonce, byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff) {
          System.arraycopy(in, inOff, out, outOff, len);
          return len + TAG_BYTES;
        }

        @Override
        public int open(
            long nonce, byte[] ad, byte[] in, int inOff, int len, byte[] out, int outOff) {
          System.arraycopy(in, inOff, out, outOff, len - TAG_BYTES);
          return len - TAG_BYTES;
        }
      };
    }

    @Override
    public String describe() {
      return "wrong";
    }
  }
}
