package io.kadenza.multiformats;

import java.util.Arrays;
import java.util.Locale;

/// A Tor service: `hostBytes` bytes of address in base32, a colon, and a port other than 0.
record OnionValue(int hostBytes) implements AddressValue {
  private static final TextCodec BASE32 = Multibase.BASE32.bare();
  private static final DecimalValue PORT = new DecimalValue(2);

  @Override
  public byte[] toBytes(String text) {
    int colon = text.indexOf(':');
    int hostChars = hostBytes * 8 / 5;
    if (colon != hostChars) {
      throw new MalformedException(
          "expected "
              + hostChars
              + " characters of base32, ':' and a port, not "
              + MalformedException.quote(text));
    }
    byte[] host = BASE32.decode(text.substring(0, colon).toLowerCase(Locale.ROOT));
    byte[] port = PORT.toBytes(text.substring(colon + 1));
    byte[] value = Arrays.copyOf(host, hostBytes + 2);
    System.arraycopy(port, 0, value, hostBytes, 2);
    return value;
  }

  @Override
  public String toText(byte[] value) {
    return BASE32.encode(Arrays.copyOf(value, hostBytes))
        + ":"
        + PORT.toText(Arrays.copyOfRange(value, hostBytes, hostBytes + 2));
  }

  @Override
  public void check(byte[] value) {
    if (value[hostBytes] == 0 && value[hostBytes + 1] == 0) {
      throw MalformedException.onWire("an onion service has a port from 1 to 65535");
    }
  }
}
