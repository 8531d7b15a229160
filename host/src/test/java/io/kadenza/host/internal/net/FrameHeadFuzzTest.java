package io.kadenza.host.internal.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.host.internal.net.FrameHead.Found;
import io.kadenza.multiformats.Varint;

class FrameHeadFuzzTest {
  private static final int MAX = 300;

  @FuzzTest
  void whateverIsFoundLiesWithinTheBytes(byte[] input) {
    var head = new FrameHead(MAX);
    int at = 0;
    Found found = head.find(input, at, input.length);
    while (found == Found.WHOLE) {
      require(head.length() <= MAX);
      require(head.prefix() == Varint.size(head.length()));
      require(head.length() == Varint.read(input, at, input.length));
      // Nothing less is whole.
      require(new FrameHead(MAX).find(input, at, head.total() - 1) == Found.PART);
      at += head.total();
      require(at <= input.length);
      found = head.find(input, at, input.length - at);
    }
    // What is broken stays so, whatever follows; of a part more may be missing than a length.
    require(found == Found.BROKEN || input.length - at <= MAX + Varint.size(MAX));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
