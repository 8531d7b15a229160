package io.kadenza.node.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.kad.Network;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Node;
import io.kadenza.node.Part;
import io.kadenza.node.Seed;
import io.kadenza.node.terminal.ResultStream;
import io.kadenza.node.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ArrivalTest {
  private final CountDownLatch dialling = new CountDownLatch(1);
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new ResultStream(
              new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                  dialling.countDown();
                }
              }),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          InputStream.nullInputStream(),
          Map.of(),
          Path.of(""),
          false,
          false);

  /// A node that is told to end while it dials has been answered by nobody either.
  @Test
  void aNodeThatIsEndingDoesNotComplainOfItsBootstrapPeers() throws Exception {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var node =
          Node.start(Identity.generate(KeyType.ED25519), List.of(), Part.CLIENT, Network.LOCAL);
      var seed = new Seed(Multiaddr.parse("/ip4/127.0.0.1/tcp/" + mute.getLocalPort()));
      try (var arrival = new Arrival(node, List.of(seed), terminal)) {
        var connecting = CompletableFuture.runAsync(arrival::connect, Thread::startVirtualThread);
        dialling.await();

        node.close();

        connecting.join();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
      }
    }
  }
}
