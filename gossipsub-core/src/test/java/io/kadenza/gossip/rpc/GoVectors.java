package io.kadenza.gossip.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Bytes made by go-libp2p-pubsub 0.19.0.
public final class GoVectors {
  /// An RPC with two announcements and every kind of control, a PRUNE with peers and IDONTWANT
  /// included.
  static final String CONTROL =
      "0a0508011201610a0508001201621a300a0c0a01611202ff01120369643212050a036964331a030a"
          + "0161220d0a016212060a0470656572183c2a050a03696434";

  private GoVectors() {}

  /// RPCs with one signed message each: key type, author, RPC in hexadecimal.
  public static List<String[]> messages() {
    try (var in = GoVectors.class.getResourceAsStream("go-messages.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
