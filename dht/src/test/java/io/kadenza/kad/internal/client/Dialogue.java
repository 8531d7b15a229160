package io.kadenza.kad.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Ping;
import io.kadenza.host.Stream;
import io.kadenza.kad.engine.EngineInput;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.internal.metrics.RpcMeter;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A client, a peer whose side the test plays, and what the client reports to its engine. Closed
/// after each test.
final class Dialogue implements AfterEachCallback {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final Host host = Host.builder(Identity.generate(KeyType.ED25519)).start();
  final ScriptedPeer peer = new ScriptedPeer();
  final BlockingQueue<EngineInput> reports = new LinkedBlockingQueue<>();
  final RpcClient client = new RpcClient(host, KadConfig.DEFAULT, reports::add, new RpcMeter());

  EngineInput report() throws InterruptedException {
    EngineInput report = reports.poll(20, TimeUnit.SECONDS);
    assertThat(report).as("a report").isNotNull();
    return report;
  }

  /// A reset overtakes what is still queued; a ping on the same connection does not.
  static void resetAfterSending(Stream stream) {
    try (var ping = Ping.on(stream.connection(), PATIENCE)) {
      ping.once(PATIENCE);
    }
    stream.reset();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    client.close();
    peer.close();
    host.close();
  }
}
