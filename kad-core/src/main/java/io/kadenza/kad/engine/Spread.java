package io.kadenza.kad.engine;

import io.kadenza.kad.engine.PeerOutcome.Result;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request sent to several peers at once, each of which is to store something.
final class Spread implements Rpc.Owner {
  private final Node node;
  private final KadRequest request;
  private final Runnable whenDone;
  private final List<Contact> peers;
  private final @Nullable Rpc[] open;
  private final Result[] results;
  private int waiting;

  Spread(Node node, KadRequest request, List<Contact> peers, Runnable whenDone) {
    this.node = node;
    this.request = request;
    this.peers = peers;
    this.whenDone = whenDone;
    open = new Rpc[peers.size()];
    results = new Result[peers.size()];
    Arrays.fill(results, Result.ABANDONED);
  }

  void start() {
    for (int i = 0; i < open.length; i++) {
      open[i] = node.ask(node.toDial(peers.get(i)), request, this, node.config.lookup().patience());
      if (open[i] == null) {
        results[i] = Result.UNREACHABLE;
      } else {
        waiting++;
      }
    }
    if (waiting == 0) {
      whenDone.run();
    }
  }

  @Override
  public void answered(Rpc rpc, KadResponse response) {
    settle(rpc, isConfirmed(response) ? Result.STORED : Result.REFUSED);
  }

  /// The echo of a PUT_VALUE carries the value that was sent; go and js check no more. py without a
  /// record echoes at least the key, and leaves even that out when it refuses.
  private boolean isConfirmed(KadResponse response) {
    if (request instanceof KadRequest.PutValue put
        && response instanceof KadResponse.Stored(var key, Optional<Record> echo)) {
      return echo.map(record -> record.value().equals(put.record().value()))
          .orElseGet(() -> key.equals(put.key()));
    }
    return response instanceof KadResponse.ProviderAdded;
  }

  @Override
  public void sent(Rpc rpc) {
    settle(rpc, request instanceof KadRequest.AddProvider ? Result.SENT : Result.REFUSED);
  }

  @Override
  public void failed(Rpc rpc, RpcFailure why) {
    settle(
        rpc,
        switch (why) {
          case REFUSED, MALFORMED, UNSUPPORTED -> Result.REFUSED;
          case TIMED_OUT -> Result.TIMED_OUT;
          case UNREACHABLE, DISCONNECTED, OVERLOADED -> Result.UNREACHABLE;
        });
  }

  private void settle(Rpc rpc, Result result) {
    for (int i = 0; i < open.length; i++) {
      Rpc mine = open[i];
      if (mine != null && mine.id() == rpc.id()) {
        open[i] = null;
        results[i] = result;
        waiting--;
      }
    }
    if (waiting == 0) {
      whenDone.run();
    }
  }

  /// Gives up on those who have not answered yet. Nothing further is reported.
  void abandon() {
    for (int i = 0; i < open.length; i++) {
      Rpc mine = open[i];
      if (mine != null) {
        open[i] = null;
        node.abandon(mine);
      }
    }
  }

  /// What became of the request at each peer, the closest first.
  List<PeerOutcome> outcomes() {
    var outcomes = new ArrayList<PeerOutcome>(peers.size());
    for (int i = 0; i < results.length; i++) {
      outcomes.add(new PeerOutcome(peers.get(i).info(), results[i]));
    }
    return outcomes;
  }
}
