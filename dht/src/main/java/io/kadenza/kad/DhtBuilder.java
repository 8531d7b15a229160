package io.kadenza.kad;

import io.kadenza.host.Host;
import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.engine.Mode;
import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Validators;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Gathers what a [Dht] needs. One thread at a time.
public final class DhtBuilder {
  private final Host host;
  private KadConfig config = KadConfig.DEFAULT;
  private boolean auto;
  private @Nullable Path directory;
  private long heapBytes = Runtime.getRuntime().maxMemory();

  DhtBuilder(Host host) {
    this.host = Objects.requireNonNull(host);
  }

  /// Replaces every setting; the other methods change single ones.
  public DhtBuilder config(KadConfig all) {
    this.config = Objects.requireNonNull(all);
    return this;
  }

  /// Which network, with its protocol id and all its rules; validators added before are lost.
  public DhtBuilder network(Network network) {
    this.config = network.configure(config);
    return this;
  }

  /// Which protocol id: `/ipfs/kad/1.0.0` unless set.
  public DhtBuilder protocol(String id) {
    this.config = config.withProtocol(id);
    return this;
  }

  /// A server, unless set, answers others and stores for them.
  public DhtBuilder mode(Mode mode) {
    this.config = config.withMode(mode);
    this.auto = false;
    return this;
  }

  /// A server or a client, as fits the host's reachability at any time; see [Dht#autoMode].
  public DhtBuilder autoMode() {
    this.auto = true;
    return this;
  }

  /// Admits values under `/namespace/…`, checked by `validator`.
  public DhtBuilder validator(String namespace, Validator validator) {
    this.config = config.withValidators(config.validators().with(namespace, validator));
    return this;
  }

  /// Which values may exist, all in one.
  public DhtBuilder validators(Validators validators) {
    this.config = config.withValidators(validators);
    return this;
  }

  /// Keeps values, provider records, what is provided and published, and contacts in a directory,
  /// which is made if there is none and is this DHT's alone while it runs; otherwise all of it ends
  /// with the DHT. A peer then hears that something was stored no sooner than it will survive a
  /// power cut.
  public DhtBuilder directory(Path path) {
    this.directory = Objects.requireNonNull(path);
    return this;
  }

  /// How much of the heap this DHT may think of as its own; all of it unless set.
  DhtBuilder inHeapOf(long bytes) {
    this.heapBytes = bytes;
    return this;
  }

  /// Starts the DHT on the host. Where the settings that bound memory are left as they are in
  /// [KadConfig#DEFAULT], they are cut to what the heap has room for ([KadConfig#fittedTo]).
  ///
  /// @throws io.kadenza.store.StoreException if the directory cannot be used; the message says why
  /// @throws IllegalStateException if the host is closed
  /// @throws IllegalArgumentException if this one is to be a server and the host serves a DHT of
  ///   this protocol already, or if values are admitted that a directory cannot keep, such as those
  ///   of more than a megabyte
  public Dht start() {
    return Dht.start(host, config.fittedTo(heapBytes), auto, directory);
  }
}
