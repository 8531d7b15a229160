package io.kadenza.gossip.rpc;

import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.Utf8;
import io.kadenza.multiformats.wire.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The names of topics.
public final class Topics {
  private Topics() {}

  /// Returns `topic` if it can be joined and published to: some text, and at most
  /// [RpcLimits#MAX_TOPIC_BYTES] of it.
  ///
  /// @throws IllegalArgumentException if it cannot
  public static String check(String topic) {
    int size = topic.getBytes(StandardCharsets.UTF_8).length;
    if (size == 0 || size > RpcLimits.MAX_TOPIC_BYTES) {
      throw new IllegalArgumentException(
          "a topic has 1.." + RpcLimits.MAX_TOPIC_BYTES + " bytes of UTF-8, not " + size);
    }
    return topic;
  }

  /// Reads the current field; null for a topic that we cannot be in, because it is too long or not
  /// UTF-8, which go does not enforce.
  static @Nullable String read(ProtoReader in) {
    ByteBuffer utf8 = in.slice(RpcLimits.MAX_RPC_BYTES);
    if (utf8.remaining() > RpcLimits.MAX_TOPIC_BYTES) {
      return null;
    }
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    try {
      return Utf8.decode(bytes, 0, bytes.length);
    } catch (MalformedException e) {
      return null;
    }
  }
}
