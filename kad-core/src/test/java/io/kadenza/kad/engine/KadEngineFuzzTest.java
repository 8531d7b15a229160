package io.kadenza.kad.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kadenza.kad.key.Contact;
import io.kadenza.kad.net.Peers;
import io.kadenza.kad.record.Record;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.machine.Now;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The engine eats inputs in any order: it never throws, never answers a request twice, ends each
/// operation once, and has nothing left in flight when time has passed.
class KadEngineFuzzTest {
  @FuzzTest
  void anyInputs(byte[] noise) {
    new Session().run(new Dice(noise));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomInputs(long seed) {
    byte[] noise = new byte[20_000];
    new Random(seed).nextBytes(noise);
    new Session().run(new Dice(noise));
  }

  private static final class Session {
    private final SplittableRandom random = new SplittableRandom(1);
    private final PeerInfo self = Peers.info(random);
    private final List<Contact> peers = Peers.contacts(60, random);
    private final KadEngine engine =
        new KadEngine(
            KadConfig.DEFAULT.withValidators(Validators.open()), self.id(), random.split());
    private final List<Long> asked = new ArrayList<>();
    private final List<Long> ended = new ArrayList<>();
    private Now now = new Now(0, Instant.EPOCH);
    private long operations;
    private long requests;

    void run(Dice data) {
      while (!data.isEmpty()) {
        step(data);
      }
      for (int i = 0; i < 3; i++) {
        now = now.plus(Duration.ofMinutes(2));
        take(engine.tick(now), -1);
      }
      assertThat(ended).hasSize((int) operations).doesNotHaveDuplicates();
      assertThat(engine.operations()).isZero();
    }

    private void step(Dice data) {
      EngineInput input =
          switch (data.upTo(11)) {
            case 0 -> new EngineInput.PeerIdentified(peer(data).info(), data.flip());
            case 1 -> new EngineInput.PeerConnected(peer(data).id());
            case 2 -> new EngineInput.PeerDisconnected(peer(data).id());
            case 3, 4 -> new EngineInput.Inbound(requests++, peer(data).info(), request(data));
            case 5, 6, 7 -> new EngineInput.Answered(rpc(data), response(data));
            case 8 ->
                data.flip()
                    ? new EngineInput.Sent(rpc(data))
                    : new EngineInput.RpcFailed(
                        rpc(data), RpcFailure.values()[data.upTo(RpcFailure.values().length - 1)]);
            case 9 ->
                new EngineInput.Start(
                    operations++, operation(data), Duration.ofSeconds(data.upTo(60)));
            case 10 ->
                data.flip()
                    ? new EngineInput.Cancel(data.upTo(50))
                    : new EngineInput.SwitchMode(Mode.values()[data.upTo(1)]);
            default -> {
              now = now.plus(Duration.ofMillis(data.upTo(20_000)));
              take(engine.tick(now), -1);
              yield new EngineInput.OwnAddresses(self.addresses());
            }
          };
      long request = input instanceof EngineInput.Inbound inbound ? inbound.requestId() : -1;
      take(engine.apply(input, now), request);
    }

    private void take(List<EngineEffect> effects, long request) {
      int answers = 0;
      for (EngineEffect effect : effects) {
        switch (effect) {
          case EngineEffect.Ask ask -> {
            assertThat(ask.to().id()).isNotEqualTo(self.id());
            asked.add(ask.rpcId());
          }
          case EngineEffect.Announce batch -> {
            assertThat(batch.to().id()).isNotEqualTo(self.id());
            assertThat(batch.keys()).hasSizeBetween(1, EngineEffect.Announce.MAX_BATCH);
            asked.add(batch.rpcId());
          }
          case EngineEffect.Done done -> ended.add(done.operationId());
          case EngineEffect.Reply reply -> answers += reply.requestId() == request ? 1 : 100;
          case EngineEffect.Refuse refuse -> answers += refuse.requestId() == request ? 1 : 100;
          case EngineEffect.Accepted taken -> answers += taken.requestId() == request ? 1 : 100;
          case EngineEffect.Abandon _, EngineEffect.Progress _, EngineEffect.Happened _ -> {}
        }
      }
      assertThat(answers).isEqualTo(request < 0 ? 0 : 1);
    }

    private Contact peer(Dice data) {
      int index = data.upTo(peers.size());
      return index == peers.size() ? Contact.of(self) : peers.get(index);
    }

    private long rpc(Dice data) {
      if (asked.isEmpty() || data.upTo(9) == 0) {
        return data.number();
      }
      return asked.get(asked.size() - 1 - data.upTo(Math.min(20, asked.size() - 1)));
    }

    private Bytes key(Dice data) {
      return data.flip() ? peer(data).id().bytes() : Bytes.wrap(data.bytes(data.upTo(90)));
    }

    private KadRequest request(Dice data) {
      Bytes key = key(data);
      return switch (data.upTo(5)) {
        case 0 -> new KadRequest.FindNode(key);
        case 1 -> new KadRequest.GetValue(key);
        case 2 -> new KadRequest.PutValue(data.flip() ? key : key(data), record(key));
        case 3 -> new KadRequest.GetProviders(key);
        case 4 ->
            new KadRequest.AddProvider(
                key, List.of(peer(data).info(), peer(data).info()), data.flip());
        default -> new KadRequest.Ping();
      };
    }

    private static Record record(Bytes key) {
      return new Record(key, key);
    }

    private KadResponse response(Dice data) {
      List<Contact> closer = data.flip() ? List.of() : List.of(peer(data), peer(data), peer(data));
      Bytes key = key(data);
      return switch (data.upTo(5)) {
        case 0, 1 -> new KadResponse.Closer(closer);
        case 2 -> new KadResponse.Value(key, Optional.of(record(key)), closer);
        case 3 -> new KadResponse.Providers(key, List.of(peer(data).info()), closer);
        case 4 -> new KadResponse.Stored(key, Optional.of(record(key)));
        default -> new KadResponse.Pong();
      };
    }

    private Operation<?> operation(Dice data) {
      Bytes key = key(data);
      return switch (data.upTo(7)) {
        case 0 -> new Operation.FindClosest(key);
        case 1 -> new Operation.FindPeer(peer(data).id());
        case 2 -> new Operation.GetValue(key, data.upTo(3));
        case 3 -> new Operation.PutValue(key, key);
        case 4 -> new Operation.Provide(key);
        case 5 -> new Operation.FindProviders(key, data.upTo(3));
        case 6 -> new Operation.Bootstrap(List.of(peer(data).info(), peer(data).info()));
        default -> new Operation.Refresh();
      };
    }
  }

  /// Decisions out of bytes; when these are used up, all decisions are zero.
  private static final class Dice {
    private final byte[] noise;
    private int at;

    Dice(byte[] noise) {
      this.noise = noise;
    }

    boolean isEmpty() {
      return at >= noise.length;
    }

    int upTo(int max) {
      int bits = max < 256 ? next() : next() << 8 | next();
      return bits % (max + 1);
    }

    boolean flip() {
      return (next() & 1) != 0;
    }

    long number() {
      return (long) next() << 14 | next();
    }

    byte[] bytes(int count) {
      byte[] some = new byte[count];
      for (int i = 0; i < count; i++) {
        some[i] = (byte) next();
      }
      return some;
    }

    private int next() {
      return isEmpty() ? 0 : noise[at++] & 0xff;
    }
  }
}
