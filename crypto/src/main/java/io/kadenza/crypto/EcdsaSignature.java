package io.kadenza.crypto;

import io.kadenza.multiformats.MalformedException;
import java.math.BigInteger;

/// The two numbers of an ECDSA signature on a curve of 256 bits, as DER carries them.
record EcdsaSignature(BigInteger r, BigInteger s) {
  private static final int SCALAR_BYTES = 32;

  static EcdsaSignature parse(byte[] der) {
    // Two integers of 33 bytes with their headers: nothing longer is worth a look.
    if (der.length > 2 * (SCALAR_BYTES + 3) + 2) {
      throw MalformedException.onWire("an ECDSA signature of " + der.length + " bytes");
    }
    var outer = new DerReader(der);
    DerReader pair = outer.enter(DerReader.SEQUENCE);
    outer.end();
    var signature = new EcdsaSignature(pair.integer(SCALAR_BYTES), pair.integer(SCALAR_BYTES));
    pair.end();
    return signature;
  }

  byte[] der() {
    return DerWriter.sequence(DerWriter.integer(r), DerWriter.integer(s));
  }
}
