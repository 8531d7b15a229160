package io.kadenza.host;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Hosts on loopback, closed after each test.
final class Hosts implements AfterEachCallback {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<Host> started = new ArrayList<>();

  Host start() {
    return start(KeyType.ED25519);
  }

  Host start(KeyType type) {
    return start(type, Limits.defaults());
  }

  Host start(Limits limits) {
    return start(KeyType.ED25519, limits);
  }

  private Host start(KeyType type, Limits limits) {
    var host =
        Host.builder(Identity.generate(type)).listen("/ip4/127.0.0.1/tcp/0").limits(limits).start();
    started.add(host);
    return host;
  }

  /// Sends every frame back.
  static void echo(Stream stream) {
    byte[] frame;
    while ((frame = stream.readFrame(1 << 20)) != null) {
      stream.writeFrame(frame);
    }
  }

  /// What a host hears next of who a peer is.
  static CompletableFuture<Identification> nextIdentification(Host host) {
    var heard = new CompletableFuture<Identification>();
    var _ =
        host.observe(event -> {
          if (event instanceof HostEvent.Identified(var _, var identification)) {
            heard.complete(identification);
          }
        });
    return heard;
  }

  /// Connects and waits until both have heard who the other is, so that nothing is under way.
  static void meet(Host client, Host server) throws Exception {
    var here = nextIdentification(client);
    var there = nextIdentification(server);
    client.connect(server.info(), LIMIT);
    here.get(20, TimeUnit.SECONDS);
    there.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    started.forEach(Host::close);
    started.clear();
  }
}
