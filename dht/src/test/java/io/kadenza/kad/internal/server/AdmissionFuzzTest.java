package io.kadenza.kad.internal.server;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.crypto.primitive.Sha256;
import io.kadenza.kad.engine.Rate;
import io.kadenza.kad.engine.ServingLimits;
import io.kadenza.multiformats.Multihash;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

class AdmissionFuzzTest {
  private static final List<PeerId> PEERS =
      IntStream.range(0, 6).mapToObj(AdmissionFuzzTest::peer).toList();

  private static final int LARGEST = 4 << 20;

  private static final ServingLimits LIMITS =
      new ServingLimits(
          4,
          2,
          5,
          6 << 20,
          new Rate(10, 1 << 20, Duration.ofSeconds(2)),
          new Rate(20, 2 << 20, Duration.ofSeconds(2)));

  private static PeerId peer(int number) {
    return PeerId.of(Multihash.sha256(Sha256.digest(new byte[] {(byte) number})).bytes());
  }

  @FuzzTest
  void placesAndTollsAreKeptWhateverIsAsked(FuzzedDataProvider data) {
    var script = new Script(data.consumeLong() / 4);
    while (data.remainingBytes() > 0) {
      switch (data.consumeInt(0, 9)) {
        case 0 -> script.now += data.consumeLong(0, Duration.ofHours(1).toNanos());
        case 1 -> script.disconnect(data.pickValue(PEERS));
        case 2, 3 -> script.finish(data.consumeInt(0, LIMITS.inFlight()));
        default ->
            script.ask(
                data.pickValue(PEERS),
                data.consumeBoolean() ? OptionalLong.empty() : OptionalLong.of(data.consumeInt()),
                data.consumeInt(1, LARGEST));
      }
    }
    script.end();
  }

  /// What a server would do, with a count of its own of who has a place and who waits for one.
  private static final class Script {
    private final Admission admission;
    private final Map<Long, Caller> working = new LinkedHashMap<>();
    private final Map<Long, Integer> bytes = new HashMap<>();
    private long now;
    private long lastId;
    private int parked;

    Script(long now) {
      this.now = now;
      this.admission = new Admission(LIMITS, now);
    }

    void ask(PeerId peer, OptionalLong network, int size) {
      Caller caller = admission.caller(peer, network, now);
      pay(caller, size, network.isPresent());
      long id = ++lastId;
      boolean full = placesOf(caller) == LIMITS.inFlightPerPeer();
      boolean room = hasRoom(size);
      switch (admission.enter(caller, id, size, now, () -> this::wanted)) {
        case Admission.Admitted _ -> {
          require(room, "nobody is admitted where there is no room");
          begin(id, caller, size);
        }
        case Admission.InsteadOf(List<Long> victims) -> {
          require(!room, "nobody gives way while there is room");
          require(working.keySet().containsAll(victims), "only who has a place gives way");
          List.copyOf(victims).forEach(this::finish);
          require(hasRoom(size), "enough give way");
          begin(id, caller, size);
        }
        case Admission.Parked _ -> {
          require(full, "only who has all its places waits for one");
          parked++;
        }
        case Admission.Refused _ -> require(!room, "nobody is refused while there is room");
      }
      require(working.size() <= LIMITS.inFlight(), "no more than there are places");
      require(placesOf(caller) <= LIMITS.inFlightPerPeer(), "no more than a peer has");
    }

    /// Waits as it is told: for its own allowance, then perhaps for that of its network.
    private void pay(Caller caller, int bytes, boolean held) {
      int waits = 0;
      for (long wait = admission.toll(caller, bytes, now);
          wait != 0;
          wait = admission.toll(caller, bytes, now)) {
        require(wait > 0, "nobody waits for the past");
        require(held, "private peers are not held back");
        require(++waits <= 2, "who has waited may pass");
        now += wait;
      }
    }

    private boolean hasRoom(int size) {
      int waiting = bytes.values().stream().mapToInt(Integer::intValue).sum();
      return working.size() < LIMITS.inFlight()
          && (waiting + size <= LIMITS.inFlightBytes() || working.isEmpty());
    }

    private void begin(long id, Caller caller, int size) {
      working.put(id, caller);
      bytes.put(id, size);
    }

    private void wanted() {
      parked--;
    }

    private long placesOf(Caller caller) {
      return working.values().stream().filter(c -> c.account == caller.account).count();
    }

    void finish(int number) {
      var ids = new ArrayList<>(working.keySet());
      if (number < ids.size()) {
        finish(ids.get(number));
      }
    }

    private void finish(Long id) {
      Caller caller = working.remove(id);
      bytes.remove(id);
      admission.leave(caller, id).forEach(Runnable::run);
      require(caller.account.parked.isEmpty(), "who waited is told of a place");
    }

    void disconnect(PeerId peer) {
      admission.forget(peer);
    }

    void end() {
      require(admission.accounts() <= PEERS.size(), "only those who asked are remembered");
      List.copyOf(working.keySet()).forEach(this::finish);
      require(parked == 0, "nobody waits for ever");
      PEERS.forEach(admission::forget);
      require(admission.accounts() == 0, "who is gone is forgotten");
      for (int i = 0; i < LIMITS.inFlight(); i++) {
        Caller caller = admission.caller(peer(100 + i), OptionalLong.empty(), now);
        require(
            admission.enter(caller, ++lastId, 1, now, () -> () -> {}) instanceof Admission.Admitted,
            "all places are free again");
      }
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
