package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.HostEvent;
import io.kadenza.host.Reachability;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.multiformats.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Client, server and auto, between real hosts on loopback.
class ModeTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int FRAME_MAX = 16_384;

  private final List<AutoCloseable> open = new ArrayList<>();

  private Host host() {
    var host =
        Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
    open.addFirst(host);
    return host;
  }

  private Dht auto(Host host, Network network) {
    var dht = Dht.builder(host).network(network).autoMode().start();
    open.addFirst(dht);
    return dht;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  /// Opened by each push of `server` that `host` takes in and that says so of the protocol.
  private CountDownLatch told(Host host, PeerId server, boolean serves) {
    var told = new CountDownLatch(1);
    open.addFirst(
        host.observe(e -> {
          if (e instanceof HostEvent.Identified(var who, var what)
              && who.equals(server)
              && what.protocols().contains(KadConfig.LAN) == serves) {
            told.countDown();
          }
        }));
    return told;
  }

  @Test
  void onALocalNetworkAutoServesFromTheStart() {
    Dht dht = auto(host(), Network.LAN);

    assertThat(dht.host().reachability()).isEqualTo(Reachability.LOCAL);
    assertThat(dht.mode()).isEqualTo(Mode.SERVER);
    assertThat(dht.host().protocols()).contains(KadConfig.LAN);
  }

  @Test
  void onAPublicNetworkAutoBeginsAsAClient() {
    Dht dht = auto(host(), Network.AMINO);

    assertThat(dht.mode()).isEqualTo(Mode.CLIENT);
    assertThat(dht.host().protocols()).doesNotContain(KadConfig.AMINO);
  }

  @Test
  void aClientBesideAServerOfItsProtocolCannotBecomeOneUntilThatIsGone() {
    Host host = host();
    var first = Dht.builder(host).network(Network.LAN).start();
    var second = Dht.builder(host).network(Network.LAN).mode(Mode.CLIENT).start();
    open.addFirst(second);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> second.mode(Mode.SERVER));
    assertThat(second.mode()).isEqualTo(Mode.CLIENT);

    first.close();
    second.mode(Mode.SERVER);
    assertThat(second.mode()).isEqualTo(Mode.SERVER);
    assertThat(host.protocols()).contains(KadConfig.LAN);
  }

  @Test
  void itStaysAClientBesideSuchAServerAlsoInModeAuto() {
    Host host = host();
    var first = Dht.builder(host).network(Network.LAN).start();
    var second = Dht.builder(host).network(Network.LAN).mode(Mode.CLIENT).start();
    open.addFirst(second);

    second.autoMode();
    assertThat(second.mode()).isEqualTo(Mode.CLIENT);

    first.close();
    second.autoMode();
    assertThat(second.mode()).isEqualTo(Mode.SERVER);
  }

  @Test
  @SuppressWarnings("NullAway") // Who has no such checker.
  void nullIsNoMode() {
    Dht dht = auto(host(), Network.LAN);

    assertThatNullPointerException().isThrownBy(() -> dht.mode(null));
    assertThat(dht.mode()).isEqualTo(Mode.SERVER);
    assertThat(dht.host().protocols()).contains(KadConfig.LAN);
  }

  @Test
  void whoListensNowhereIsAClientEverywhere() {
    var host = Host.builder(Identity.generate(KeyType.ED25519)).start();
    open.addFirst(host);

    assertThat(auto(host, Network.LAN).mode()).isEqualTo(Mode.CLIENT);
  }

  @Test
  void rule16ASwitchToClientResetsStreamsAndIsPushedToPeers() throws Exception {
    Host serving = host();
    Dht dht = auto(serving, Network.LAN);
    Host asking = host();
    var first = told(asking, serving.id(), true);
    var known = told(serving, asking.id(), false);
    var stream = asking.open(serving.info(), List.of(KadConfig.LAN), LIMIT);
    stream.timeout(LIMIT);
    stream.writeFrame(KadCodec.encodeRequest(new KadRequest.FindNode(serving.id().bytes())));
    assertThat(stream.readFrame(FRAME_MAX)).isNotEmpty();
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(known.await(20, TimeUnit.SECONDS)).isTrue();
    var withdrawn = told(asking, serving.id(), false);

    serving.probed(false);

    assertThatExceptionOfType(StreamException.class)
        .isThrownBy(() -> stream.readFrame(FRAME_MAX))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(StreamException.Reason.RESET));
    assertThat(withdrawn.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(dht.mode()).isEqualTo(Mode.CLIENT);
  }

  @Test
  void rule16ASwitchBackToServerIsPushedToo() throws Exception {
    Host serving = host();
    Dht dht = auto(serving, Network.LAN);
    serving.probed(false);
    Host asking = host();
    var first = told(asking, serving.id(), false);
    var known = told(serving, asking.id(), false);
    asking.connect(serving.info(), LIMIT);
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(known.await(20, TimeUnit.SECONDS)).isTrue();
    var announced = told(asking, serving.id(), true);

    serving.probed(true);

    assertThat(announced.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(dht.mode()).isEqualTo(Mode.SERVER);
  }

  @Test
  void aModeThatWasSetStaysWhateverComes() {
    Host host = host();
    Dht dht = auto(host, Network.LAN);

    dht.mode(Mode.SERVER);
    host.probed(false);

    assertThat(dht.mode()).isEqualTo(Mode.SERVER);
    dht.autoMode();
    assertThat(dht.mode()).isEqualTo(Mode.CLIENT);
  }
}
