package io.kadenza.kad.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadResponse;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A peer whose side of every stream is played by the test.
final class ScriptedPeer implements AutoCloseable {
  private final Host host =
      Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);

  ScriptedPeer() {
    host.handle(
        KadConfig.AMINO,
        stream -> {
          streams.add(stream);
          try {
            over.await();
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
  }

  PeerInfo info() {
    return host.info();
  }

  /// The next stream that was opened to this peer.
  Stream accept() throws InterruptedException {
    Stream stream = streams.poll(20, TimeUnit.SECONDS);
    assertThat(stream).as("a stream").isNotNull();
    return stream;
  }

  /// Whether there is a stream that was not yet accepted.
  boolean hasOther() {
    return !streams.isEmpty();
  }

  /// Reads a GET_VALUE and returns its key.
  static Bytes read(Stream stream) {
    byte[] frame = stream.readFrame(KadCodec.MAX_MESSAGE_BYTES);
    assertThat(frame).as("a request").isNotNull();
    return KadCodec.decodeRequest(frame).key();
  }

  static void answer(Stream stream, Bytes key) {
    stream.writeFrame(
        KadCodec.encodeResponse(new KadResponse.Value(key, Optional.empty(), List.of())));
  }

  @Override
  public void close() {
    over.countDown();
    host.close();
  }
}
