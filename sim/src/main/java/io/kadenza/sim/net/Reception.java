package io.kadenza.sim.net;

import io.kadenza.kad.engine.EngineEffect;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.util.Iterator;
import java.util.List;

/// The receiving end of requests: has an engine answer, or the conduct of a liar, and sends the
/// answer on its way back. Owned by a [Network].
final class Reception {
  private final Network network;
  private final Targets targets = new Targets();

  Reception(Network network) {
    this.network = network;
  }

  /// A request has reached a node that is up.
  void take(Exchange exchange, SimNode to) {
    SimNode from = exchange.from;
    if (!to.isServer()) {
      back(exchange.failed(RpcFailure.UNSUPPORTED), to, 0);
      return;
    }
    if (exchange instanceof BatchExchange batch) {
      takeBatch(batch, to);
      return;
    }
    Conduct conduct = to.conduct();
    if (conduct == null) {
      answerHonestly(exchange, to, 0);
      return;
    }
    switch (conduct.about(to, from, exchange.request)) {
      case Conduct.Deed.Honest _ -> answerHonestly(exchange, to, 0);
      case Conduct.Deed.Late(var delay) -> answerHonestly(exchange, to, delay);
      case Conduct.Deed.Silence _ -> {}
      case Conduct.Deed.Pretence _ -> back(exchange.taken(), to, 0);
      case Conduct.Deed.Lie(var response) -> reply(exchange, to, response, 0);
    }
  }

  private void reply(Exchange exchange, SimNode to, KadResponse response, long delay) {
    for (NetworkObserver observer : network.observers()) {
      observer.replied(to, exchange.request, response);
    }
    long sending = network.count(to, MessageSize.of(response));
    back(exchange.answered(response), to, delay + sending);
  }

  /// Sends the end of an exchange on its way to the asker.
  private void back(Exchange exchange, SimNode to, long delay) {
    long time = network.links().travel(to, exchange.from);
    if (to.side == exchange.from.side) {
      network.timeline().after(delay + time, exchange);
    }
  }

  /// A batch is taken as a whole, or refused where one of its requests is. Liars who say nothing to
  /// its first request say nothing to the batch; others pretend to take it.
  private void takeBatch(BatchExchange batch, SimNode to) {
    SimNode from = batch.from;
    Conduct conduct = to.conduct();
    Conduct.Deed deed =
        conduct == null ? Conduct.Deed.Honest.INSTANCE : conduct.about(to, from, batch.request);
    switch (deed) {
      case Conduct.Deed.Honest _ -> takeHonestly(batch, to, 0);
      case Conduct.Deed.Late(var delay) -> takeHonestly(batch, to, delay);
      case Conduct.Deed.Silence _ -> {}
      case Conduct.Deed.Pretence _, Conduct.Deed.Lie _ -> back(batch.taken(), to, 0);
    }
  }

  private void takeHonestly(BatchExchange batch, SimNode to, long delay) {
    SimNode from = batch.from;
    boolean refused = false;
    Iterator<KadRequest> frames = batch.requests();
    while (!refused && frames.hasNext()) {
      KadRequest frame = frames.next();
      var inbound = new EngineInput.Inbound(batch.rpcId, from.info(), frame);
      for (EngineEffect effect : to.engine().apply(inbound, network.now(to))) {
        switch (effect) {
          case EngineEffect.Reply _, EngineEffect.Accepted _ -> tellTaken(to, frame);
          case EngineEffect.Refuse _ -> refused = true;
          case EngineEffect.Ask _,
              EngineEffect.Announce _,
              EngineEffect.Abandon _,
              EngineEffect.Progress _,
              EngineEffect.Done _,
              EngineEffect.Happened _ ->
              network.perform(to, effect);
        }
      }
    }
    back(refused ? batch.failed(RpcFailure.REFUSED) : batch.taken(), to, delay);
    network.scheduleWakeup(to);
  }

  private void answerHonestly(Exchange exchange, SimNode to, long delay) {
    SimNode from = exchange.from;
    KadKey target = targets.of(exchange.request.key(), to);
    if (exchange.request instanceof KadRequest.FindNode(var key) && !key.isEmpty()) {
      // As on a real host: from the picture of the table that the engine has published.
      reply(exchange, to, to.neighbourhood().findNode(target, from.id()), delay);
      return;
    }
    var inbound = new EngineInput.Inbound(exchange.rpcId, from.info(), exchange.request, target);
    List<EngineEffect> effects = to.engine().apply(inbound, network.now(to));
    for (int i = 0; i < effects.size(); i++) {
      EngineEffect effect = effects.get(i);
      switch (effect) {
        case EngineEffect.Reply(_, var response) -> reply(exchange, to, response, delay);
        case EngineEffect.Accepted _ -> {
          tellTaken(to, exchange.request);
          back(exchange.taken(), to, delay);
        }
        case EngineEffect.Refuse _ -> back(exchange.failed(RpcFailure.REFUSED), to, delay);
        case EngineEffect.Ask _,
            EngineEffect.Announce _,
            EngineEffect.Abandon _,
            EngineEffect.Progress _,
            EngineEffect.Done _,
            EngineEffect.Happened _ ->
            network.perform(to, effect);
      }
    }
    network.scheduleWakeup(to);
  }

  private void tellTaken(SimNode by, KadRequest request) {
    for (NetworkObserver observer : network.observers()) {
      observer.taken(by, request);
    }
  }
}
