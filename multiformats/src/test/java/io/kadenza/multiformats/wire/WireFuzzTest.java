package io.kadenza.multiformats.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.multiformats.MalformedException;

/// Whatever the input: fields that lie within it, or a [MalformedException].
class WireFuzzTest {
  private static final int MAX_DEPTH = 50;

  @FuzzTest
  void protoReader(byte[] input) {
    try {
      read(new ProtoReader(input), input.length, 0);
    } catch (MalformedException expected) {
      // One of the two outcomes.
    }
  }

  private static void read(ProtoReader in, int size, int depth) {
    int budget = size;
    while (in.next()) {
      switch (in.wireType()) {
        case ProtoReader.VARINT -> in.int32();
        case ProtoReader.FIXED32 -> in.fixed32();
        case ProtoReader.FIXED64 -> in.fixed64();
        default -> budget -= readDelimited(in, budget, depth);
      }
      check(budget >= 0);
    }
  }

  private static int readDelimited(ProtoReader in, int budget, int depth) {
    return switch (in.field() % 4) {
      case 0 -> in.bytes(budget).length;
      case 1 -> in.slice(budget).remaining();
      case 2 -> in.utf8(budget).length();
      default -> {
        ProtoReader inner = in.message(budget);
        if (depth < MAX_DEPTH) {
          read(inner, budget, depth + 1);
        }
        yield 0;
      }
    };
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
