/// Identity keys, signatures, signed envelopes and peer records, and the choice of provider.
module io.kadenza.crypto {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.multiformats;
  requires org.bouncycastle.provider;
  requires org.conscrypt;

  exports io.kadenza.crypto;
  exports io.kadenza.crypto.primitive to
      io.kadenza.host;
}
