package io.kadenza.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadenza.crypto.Identity;
import io.kadenza.crypto.KeyType;
import io.kadenza.host.Host;
import io.kadenza.host.Stream;
import io.kadenza.host.StreamException;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.ServingLimits;
import io.kadenza.kad.rpc.KadCodec;
import io.kadenza.kad.rpc.KadRequest;
import io.kadenza.kad.rpc.KadResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That a server grants what its configuration says.
class ServingTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static KadResponse ping(Stream stream) {
    var ping = new KadRequest.Ping();
    stream.writeFrame(KadCodec.encodeRequest(ping));
    return KadCodec.decodeResponse(ping, stream.readFrame(1_000));
  }

  @Test
  void ofMoreStreamsThanAPeerMayHaveTheOneThatWasSilentLongestGivesWay() {
    var limits = ServingLimits.DEFAULT.withStreamsPerConnection(2);
    try (var host = host();
        var server = Dht.builder(host).config(KadConfig.DEFAULT.withServing(limits)).start();
        var peer = host()) {
      List<String> protocol = List.of(server.config().protocol());
      var connection = peer.connect(host.info(), LIMIT);
      Stream first = connection.open(protocol, LIMIT);
      Stream second = connection.open(protocol, LIMIT);
      for (Stream stream : List.of(first, second, first)) {
        assertThat(ping(stream)).isEqualTo(new KadResponse.Pong());
      }
      assertThat(ping(connection.open(protocol, LIMIT))).isEqualTo(new KadResponse.Pong());
      assertThatExceptionOfType(StreamException.class)
          .isThrownBy(() -> second.readFrame(1_000))
          .satisfies(end -> assertThat(end.reason()).isEqualTo(StreamException.Reason.RESET));
      assertThat(ping(first)).isEqualTo(new KadResponse.Pong());
    }
  }

  private static Host host() {
    return Host.builder(Identity.generate(KeyType.ED25519)).listen("/ip4/127.0.0.1/tcp/0").start();
  }
}
