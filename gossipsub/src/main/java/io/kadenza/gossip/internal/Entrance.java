package io.kadenza.gossip.internal;

import io.kadenza.gossip.engine.GossipInput;
import io.kadenza.machine.MachineDriver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/// Where peers' RPCs come to the engine. Whoever brings one waits until the engine is through with
/// it: so a peer has one in the queue at a time, however small its RPCs are and however fast they
/// come, and its flood holds up itself rather than shedding what others send. Safe for use by any
/// thread but the engine's.
final class Entrance implements InboundStreams.Engine {
  private final MachineDriver<GossipInput, ?> machine;

  Entrance(MachineDriver<GossipInput, ?> machine) {
    this.machine = machine;
  }

  @Override
  public boolean offer(GossipInput input, int bytes) throws InterruptedException {
    boolean taken = machine.offer(input, bytes);
    // Also behind one that found no room, or reading on at full speed would be its sender's reward.
    try {
      return machine.inspect(() -> taken).get();
    } catch (CancellationException closed) {
      return false;
    } catch (ExecutionException bug) {
      throw new AssertionError("the question cannot fail", bug);
    }
  }
}
