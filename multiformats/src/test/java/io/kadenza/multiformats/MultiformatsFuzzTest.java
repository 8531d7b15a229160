package io.kadenza.multiformats;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Whatever the input: a value that reads back to itself, or a [MalformedException]. Inputs that
/// once mattered lie beside this class's resources, one folder a method.
class MultiformatsFuzzTest {
  @FuzzTest
  void multiaddrText(byte[] input) {
    refusing(() -> checkMultiaddr(Multiaddr.parse(new String(input, UTF_8))));
  }

  @FuzzTest
  void multiaddrBytes(byte[] input) {
    refusing(() -> {
      Multiaddr address = Multiaddr.of(input);
      check(Arrays.equals(address.bytes().toArray(), input), "bytes changed");
      checkMultiaddr(address);
    });
  }

  private static void checkMultiaddr(Multiaddr address) {
    check(address.toString().length() <= Multiaddr.MAX_CHARS, "text too long");
    check(address.toString().codePoints().allMatch(Printable::is), "unprintable text");
    check(Multiaddr.parse(address.toString()).equals(address), "text does not read back");
    check(Multiaddr.of(address.bytes().toArray()).equals(address), "bytes do not read back");
    check(!address.isLoopback() || address.isPrivate(), "loopback but public");
    address.peerId();
    address.ip();
    address.tcpPort();
    address.withoutPeer();
  }

  @FuzzTest
  void cid(byte[] input) {
    refusing(() -> checkCid(Cid.of(input)));
    refusing(() -> checkCid(Cid.parse(new String(input, UTF_8))));
  }

  private static void checkCid(Cid cid) {
    check(Cid.of(cid.bytes().toArray()).equals(cid), "bytes do not read back");
    check(Cid.parse(cid.toString()).equals(cid), "text does not read back");
  }

  @FuzzTest
  void multihash(byte[] input) {
    refusing(() -> check(Multihash.parse(input).bytes().equals(Bytes.of(input)), "bytes changed"));
  }

  @FuzzTest
  void peerId(byte[] input) {
    refusing(() -> checkPeerId(PeerId.of(input)));
    refusing(() -> checkPeerId(PeerId.parse(new String(input, UTF_8))));
  }

  private static void checkPeerId(PeerId id) {
    check(PeerId.of(id.bytes().toArray()).equals(id), "bytes do not read back");
    check(PeerId.parse(id.toString()).equals(id), "text does not read back");
    check(PeerId.parse(id.toCid().toString()).equals(id), "CID does not read back");
  }

  @FuzzTest(maxDuration = "1m")
  void multibase(byte[] input) {
    refusing(() -> {
      String text = new String(input, UTF_8);
      byte[] data = Multibase.decodeAny(text);
      String again = Multibase.of(text).encode(data);
      check(again.equalsIgnoreCase(text), "another spelling");
    });
  }

  @FuzzTest
  void varint(byte[] input) {
    refusing(() -> {
      ByteBuffer in = ByteBuffer.wrap(input);
      byte[] again = Varint.encode(Varint.read(in));
      check(Arrays.equals(again, Arrays.copyOf(input, in.position())), "another spelling");
    });
  }

  private static void refusing(Runnable parser) {
    try {
      parser.run();
    } catch (MalformedException expected) {
      check(expected.getMessage().codePoints().allMatch(Printable::is), "unprintable message");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
