package io.kadenza.host;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Hosts on loopback, closed after each test.
final class Hosts implements AfterEachCallback {
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

  @Override
  public void afterEach(ExtensionContext context) {
    started.forEach(Host::close);
    started.clear();
  }
}
