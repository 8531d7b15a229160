package io.kadenza.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Limits;
import io.kadenza.kad.Dht;
import io.kadenza.kad.engine.KadConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;

/// Our side of the race: a host and a DHT server as a user would start them, on loopback.
///
/// The first line on standard output is JSON, with the address to dial, as go's `kadserver` writes
/// it. After that each line `table` on standard input is answered with the size of the routing
/// table, each `heap` with the bytes of heap in use after a collection. Ends with its standard
/// input.
public final class KadServer {
  /// As many as file descriptors allow: the race holds thousands from one address.
  private static final int CONNECTIONS = 19_000;

  private static final int HALF_OPEN = 4_096;

  private KadServer() {}

  public static void main(String[] args) throws IOException {
    // No refresh: it would dial the synthetic peers and find them gone.
    var config = KadConfig.DEFAULT.withRefreshInterval(Duration.ofDays(1));
    var limits = Limits.defaults().withMaxConnections(CONNECTIONS).withMaxHalfOpen(HALF_OPEN);
    try (var host =
            Host.builder(Identity.generate(KeyType.ED25519))
                .listen("/ip4/127.0.0.1/tcp/0")
                .limits(limits)
                .start();
        var dht = Dht.builder(host).config(config).start()) {
      var out = new PrintStream(System.out, true, UTF_8);
      out.printf(
          "{\"event\":\"ready\",\"impl\":\"kadenza\",\"addrs\":[\"%s\"]}%n",
          host.addresses().getFirst().withPeer(host.id()));
      var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line) {
          case "table" -> out.println(dht.table().size());
          case "heap" -> out.println(heapInUse());
          default -> out.println("unknown: " + line);
        }
      }
    }
  }

  private static long heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
