package io.kadenza.crypto.primitive;

import java.math.BigInteger;
import java.util.Set;

/// What every suite asks of an Ed25519 public key before it verifies, so that verdicts do not
/// depend on the suite.
final class Ed25519Point {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final BigInteger ORDER_8 =
      new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

  /// The y-coordinates of the eight points whose order divides the cofactor: under such a key one
  /// signature fits every message.
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          ORDER_8,
          P.subtract(ORDER_8));

  private Ed25519Point() {}

  /// Whether the 32 bytes hold a reduced y-coordinate (RFC 8032, section 5.1.3, step 1) of a point
  /// that is not of small order.
  static boolean isAcceptable(byte[] key) {
    byte[] bigEndian = new byte[key.length];
    for (int i = 0; i < key.length; i++) {
      bigEndian[i] = key[key.length - 1 - i];
    }
    bigEndian[0] &= 0x7f; // the sign of x
    var y = new BigInteger(1, bigEndian);
    return y.compareTo(P) < 0 && !SMALL_ORDER.contains(y);
  }
}
