package io.kadenza.gossip.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.multiformats.MalformedException;

class RpcCodecFuzzTest {

  @FuzzTest
  void whatIsReadIsInBoundsAndWrittenTheSame(byte[] input) {
    Rpc rpc;
    try {
      rpc = RpcCodec.decode(input);
    } catch (MalformedException refused) {
      return;
    }
    require(rpc.subscriptions().size() <= RpcLimits.MAX_SUBSCRIPTIONS);
    require(rpc.publish().size() <= RpcLimits.MAX_MESSAGES);
    byte[] written = RpcCodec.encode(rpc);
    if (written.length <= RpcLimits.MAX_RPC_BYTES) {
      require(RpcCodec.decode(written).equals(rpc));
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError();
    }
  }
}
