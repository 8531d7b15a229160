package io.kadenza.kad;

import io.kadenza.host.Host;
import io.kadenza.kad.engine.AddressPolicy;
import io.kadenza.kad.engine.Mode;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Gathers what a [DualDht] needs. One thread at a time.
public final class DualDhtBuilder {
  /// Where the local one keeps its things, in the directory of the public one.
  public static final String LAN_DIRECTORY = "lan";

  private final Host host;
  private final Network network;
  private @Nullable Mode mode;
  private @Nullable Path directory;

  DualDhtBuilder(Host host, Network network) {
    this.host = Objects.requireNonNull(host);
    this.network = Objects.requireNonNull(network);
  }

  /// Which part both play. Unless set, the local one is a server, and the public one is in mode
  /// auto.
  public DualDhtBuilder mode(Mode part) {
    this.mode = Objects.requireNonNull(part);
    return this;
  }

  /// Keeps what outlives the DHTs, as [DhtBuilder#directory] does; the local one in a directory of
  /// its own, `lan`, within this one.
  public DualDhtBuilder directory(Path path) {
    this.directory = Objects.requireNonNull(path);
    return this;
  }

  /// Starts both on the host.
  ///
  /// @throws io.kadenza.store.StoreException if the directory cannot be used; the message says why
  public DualDht start() {
    var wan = Dht.builder(host).network(network.withAddresses(AddressPolicy.PUBLIC));
    var lan = Dht.builder(host).network(network.lan().withAddresses(AddressPolicy.LOCAL));
    long half = Runtime.getRuntime().maxMemory() / 2;
    wan.inHeapOf(half);
    lan.inHeapOf(half);
    Mode part = mode;
    if (part == null) {
      wan.autoMode();
    } else {
      wan.mode(part);
      lan.mode(part);
    }
    Path place = directory;
    if (place != null) {
      wan.directory(place);
      lan.directory(place.resolve(LAN_DIRECTORY));
    }
    Dht outside = wan.start();
    try {
      return new DualDht(outside, lan.start());
    } catch (RuntimeException | Error failed) {
      outside.close();
      throw failed;
    }
  }
}
