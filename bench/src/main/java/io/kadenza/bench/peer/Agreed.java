package io.kadenza.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multihash;
import java.util.ArrayList;
import java.util.List;

/// What the programs of both implementations agree upon.
final class Agreed {
  /// Go's DHT admits no namespaces but `pk` and `ipns` under the usual protocol id.
  private static final String PROTOCOL = "/bench/kad/1.0.0";

  private Agreed() {}

  /// A user's settings, but for the network's name and that any value may be stored.
  static KadConfig config() {
    return KadConfig.DEFAULT.withProtocol(PROTOCOL).withValidators(Validators.open());
  }

  /// What is stored under a key: its SHA-256, repeated.
  static Bytes value(Bytes key, int length) {
    byte[] hash = Multihash.sha256(key.toArray()).digest().toArray();
    byte[] value = new byte[length];
    for (int i = 0; i < length; i++) {
      value[i] = hash[i % hash.length];
    }
    return Bytes.wrap(value);
  }

  /// The multihashes that a sweep provides.
  static List<Bytes> contents(long seed, int count) {
    var contents = new ArrayList<Bytes>(count);
    for (int i = 0; i < count; i++) {
      contents.add(Multihash.sha256(("content " + seed + " " + i).getBytes(UTF_8)).bytes());
    }
    return contents;
  }
}
