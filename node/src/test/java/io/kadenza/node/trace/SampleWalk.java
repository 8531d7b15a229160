package io.kadenza.node.trace;

import io.kadenza.kad.engine.EngineEvent;
import io.kadenza.kad.engine.RpcFailure;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.key.KadKey;
import io.kadenza.kad.lookup.LookupStats;
import io.kadenza.kad.lookup.Termination;
import io.kadenza.kad.rpc.MessageType;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.util.List;

/// A walk of four requests: one that leads on, one that fails, one that is slow and given up, one
/// that is closest.
final class SampleWalk {
  static final Bytes KEY = Bytes.utf8("/v/hello");
  static final KadKey TARGET = KadKey.of(KEY);

  static final Contact FAR = sharing(1);
  static final Contact DEAD = sharing(3);
  static final Contact SLOW = sharing(5);
  static final Contact NEAR = sharing(9);

  private static final long ID = 7;

  private SampleWalk() {}

  /// The first of many peers whose key shares exactly so many bits with the target's.
  static Contact sharing(int bits) {
    for (int i = 0; ; i++) {
      var hash = Multihash.sha256(Bytes.utf8("peer " + i).toArray());
      Contact peer = Contact.of(new PeerInfo(PeerId.of(hash.bytes()), List.of()));
      if (peer.key().commonPrefixLength(TARGET) == bits) {
        return peer;
      }
    }
  }

  static EngineEvent.LookupStarted started() {
    return new EngineEvent.LookupStarted(
        ID, 1, MessageType.GET_VALUE, KEY, TARGET, List.of(FAR.info()));
  }

  static List<EngineEvent.LookupStep> steps() {
    return List.of(
        new EngineEvent.LookupAsked(ID, FAR, millis(0)),
        new EngineEvent.LookupAnswered(
            ID, FAR, millis(20), millis(20), 4, List.of(DEAD, SLOW, NEAR)),
        new EngineEvent.LookupAsked(ID, DEAD, millis(20)),
        new EngineEvent.LookupAsked(ID, SLOW, millis(20)),
        new EngineEvent.LookupFailed(ID, DEAD, millis(50), millis(30), RpcFailure.UNREACHABLE),
        new EngineEvent.LookupAsked(ID, NEAR, millis(50)),
        new EngineEvent.LookupSlow(ID, SLOW, millis(70)),
        new EngineEvent.LookupAnswered(ID, NEAR, millis(90), millis(40), 2, List.of()));
  }

  static EngineEvent.LookupEnded ended(Termination reason) {
    var stats = new LookupStats(reason, 4, 2, 1, 2, millis(100));
    return new EngineEvent.LookupEnded(ID, stats, List.of(NEAR.info(), FAR.info()));
  }

  static void show(TraceView view) {
    var walk = new WalkLog(1, started());
    view.started(walk);
    for (EngineEvent.LookupStep step : steps()) {
      walk.take(step);
      view.stepped(walk, step);
    }
    view.ended(walk, ended(Termination.COMPLETED));
    view.stored(
        new EngineEvent.RpcFailed(NEAR.id(), MessageType.PUT_VALUE, millis(8), RpcFailure.REFUSED));
    view.stored(new EngineEvent.RpcAnswered(FAR.id(), MessageType.PUT_VALUE, millis(9)));
  }

  static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
