package io.kadenza.multiformats;

/// A multihash: the peer id of `/p2p`, the certificate fingerprint of `/certhash`.
enum HashValue implements AddressValue {
  PEER_ID {
    @Override
    public byte[] toBytes(String text) {
      return PeerId.parse(text).bytes().toArray();
    }

    @Override
    public String toText(byte[] value) {
      return Base58.encode(value);
    }

    @Override
    public void check(byte[] value) {
      PeerId.of(value);
    }
  },

  /// Read in any multibase, printed in base64url as the WebTransport and WebRTC specifications do.
  CERTHASH {
    @Override
    public byte[] toBytes(String text) {
      return Multibase.decodeAny(text);
    }

    @Override
    public String toText(byte[] value) {
      return Multibase.BASE64_URL.encode(value);
    }

    @Override
    public void check(byte[] value) {
      Multihash.parse(value);
    }
  }
}
