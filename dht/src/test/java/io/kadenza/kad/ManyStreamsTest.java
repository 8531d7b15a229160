package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyStreamsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }

  /// As a program on js-libp2p opens them that provides many contents at once.
  @Test
  void aHundredStreamsOfOnePeerAreAnsweredThoughAllAreOpenAtOnce() {
    try (var stranger = host();
        var host = host();
        var server = Dht.builder(host).start()) {
      var streams = new ArrayList<Stream>();
      for (int i = 0; i < 100; i++) {
        streams.add(stranger.open(host.info(), List.of(server.config().protocol()), LIMIT));
      }
      var ping = new KadRequest.Ping();
      streams.forEach(stream -> stream.writeFrame(KadCodec.encodeRequest(ping)));

      for (var stream : streams) {
        byte[] reply = stream.readFrame(KadCodec.MAX_MESSAGE_BYTES);
        assertThat(reply).isNotNull();
        assertThat(KadCodec.decodeResponse(ping, reply)).isEqualTo(new KadResponse.Pong());
      }
    }
  }
}
