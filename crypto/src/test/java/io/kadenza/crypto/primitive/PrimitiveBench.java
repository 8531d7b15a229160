package io.kadenza.crypto.primitive;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;

/// What the choice of providers rests on. Not a test: run `main` on a quiet machine, with
/// `--enable-native-access=ALL-UNNAMED`, after a change of JDK, Conscrypt or Bouncy Castle.
///
/// Each number is the median of fifteen batches in thread CPU time, so other processes disturb only
/// the caches; allocation is what the Java heap saw.
final class PrimitiveBench {
  private static final int BATCHES = 15;
  private static final int[] FRAMES = {32, 64, 128, 256, 1024, 4096, 16384, 65519};
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private PrimitiveBench() {}

  @FunctionalInterface
  private interface Operation {
    void run(int round) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    System.out.println(CryptoSuite.best().describe());
    for (Optional<CryptoSuite> suite :
        java.util.List.of(Optional.of(CryptoSuite.portable()), CryptoSuite.accelerated())) {
      if (suite.isPresent()) {
        System.out.println("-- " + suite.get().describe());
        curves(suite.get());
        frames(suite.get());
      }
    }
    bouncyFrames();
  }

  private static void curves(CryptoSuite suite) throws Exception {
    X25519 x25519 = suite.x25519();
    byte[] ours = x25519.generate().privateKey();
    byte[] theirs = x25519.generate().publicKey();
    measure("X25519 key pair", 200, i -> x25519.generate());
    measure("X25519 agreement", 200, i -> x25519.agree(ours, theirs));
    Ed25519 ed25519 = suite.ed25519();
    byte[] message = new byte[56];
    var signer = ed25519.signer(ours);
    byte[] publicKey = signer.publicKey();
    byte[] signature = signer.sign(message);
    measure("Ed25519 sign", 200, i -> signer.sign(message));
    measure("Ed25519 verify", 200, i -> ed25519.verify(publicKey, message, signature));
  }

  private static void frames(CryptoSuite suite) throws Exception {
    byte[] none = {};
    for (int size : FRAMES) {
      // As on a connection: in place, somewhere in a buffer of the largest frame.
      byte[] buffer = new byte[65535];
      int rounds = Math.max(100, 2_000_000 / (size + 200));
      Aead sealing = suite.aead(new byte[32]);
      measure("seal " + size, rounds, i -> sealing.seal(i, none, buffer, 0, size, buffer, 0));
      Aead opening = suite.aead(new byte[32]);
      byte[] sealed = new byte[65535];
      suite.aead(new byte[32]).seal(7, none, new byte[size], 0, size, sealed, 0);
      measure(
          "open " + size,
          rounds,
          i -> opening.open(7, none, sealed, 0, size + Aead.TAG_BYTES, buffer, 0));
    }
  }

  /// Bouncy Castle's AEAD, which no suite uses, to know why.
  private static void bouncyFrames() throws Exception {
    System.out.println("-- ChaCha20-Poly1305: Bouncy Castle");
    for (int size : FRAMES) {
      byte[] in = new byte[size];
      byte[] out = new byte[size + Aead.TAG_BYTES];
      var cipher = new org.bouncycastle.crypto.modes.ChaCha20Poly1305();
      var key = new org.bouncycastle.crypto.params.KeyParameter(new byte[32]);
      measure(
          "seal " + size,
          Math.max(50, 500_000 / (size + 200)),
          i -> {
            byte[] nonce = new byte[12];
            nonce[4] = (byte) i;
            nonce[5] = (byte) (i >>> 8);
            nonce[6] = (byte) (i >>> 16);
            cipher.init(true, new org.bouncycastle.crypto.params.AEADParameters(key, 128, nonce));
            cipher.doFinal(out, cipher.processBytes(in, 0, size, out, 0));
          });
    }
  }

  private static void measure(String what, int rounds, Operation operation) throws Exception {
    int round = 1;
    for (int i = 0; i < 10 * rounds; i++) {
      operation.run(round++);
    }
    long[] nanos = new long[BATCHES];
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < rounds; i++) {
        operation.run(round++);
      }
      nanos[batch] = THREADS.getCurrentThreadCpuTime() - start;
    }
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    Arrays.sort(nanos);
    System.out.printf(
        "%-20s %9.2f µs %7d B allocated%n",
        what, nanos[BATCHES / 2] / 1e3 / rounds, allocated / ((long) BATCHES * rounds));
  }
}
