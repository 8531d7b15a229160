package io.kadenza.kad.names;

import io.kadenza.crypto.Identity;
import io.kadenza.kad.GetResult;
import io.kadenza.kad.Quorum;
import io.kadenza.kad.Routing;
import io.kadenza.kad.names.Resolution.Found;
import io.kadenza.kad.names.Resolution.NotFound;
import io.kadenza.kad.names.Resolution.RolledBack;
import io.kadenza.kad.names.Resolution.Step;
import io.kadenza.kad.names.Resolution.TooDeep;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Publishes and resolves IPNS names through a DHT.
///
/// ```java
/// var names = Names.on(dht);
/// names.publish(identity, Bytes.utf8("/ipfs/bafy…"), PublishTerms.DEFAULT, limit);
/// names.resolve(IpnsName.parse("k51…"), limit);
/// ```
///
/// Remembers the best record of the last 1,024 names, so that nobody can make it believe an older
/// one; use one instance for as long as the DHT. Safe for use by any thread. Calls block and are
/// bounded like those of [Routing].
public final class Names {
  /// How many valid records are enough: "16" of the 20 peers that should have one.
  public static final Quorum QUORUM = Quorum.of(16);

  /// How many names that point at names are followed, as in boxo.
  private static final int MAX_DEPTH = 32;

  private final Routing dht;
  private final Quorum quorum;
  private final InstantSource clock;
  private final SeenNames seen = new SeenNames();

  private Names(Routing dht, Quorum quorum, InstantSource clock) {
    if (!dht.validates("ipns")) {
      throw new IllegalArgumentException(
          "this DHT takes anything for a record of a name; start it with"
              + " .validator(\"ipns\", new IpnsValidator())");
    }
    this.dht = dht;
    this.quorum = quorum;
    this.clock = clock;
  }

  /// The names of a DHT.
  ///
  /// @throws IllegalArgumentException if its validators do not know the namespace `ipns`, as those
  ///   of [io.kadenza.kad.record.Validators#open] do not by themselves
  public static Names on(Routing dht) {
    return on(dht, QUORUM);
  }

  /// The same with another quorum.
  public static Names on(Routing dht, Quorum quorum) {
    return new Names(dht, quorum, InstantSource.system());
  }

  /// The same with another wall clock.
  static Names on(Routing dht, InstantSource clock) {
    return new Names(dht, QUORUM, clock);
  }

  /// Makes the owner's name point at a value, with a record that is newer than any that is known
  /// here or found in the network. Two owners of one key who publish at the same time may choose
  /// the same sequence; then the later end wins.
  ///
  /// While the DHT runs it stores the record again every 22 hours, as it is, until it expires or
  /// there is a newer one ([Routing#publish]); [#renew] gives it a later end.
  ///
  /// @param limit for looking, which takes half of it at most, and for storing
  /// @throws MalformedException when the value is too long, or the highest sequence there is is
  ///   taken
  public Published publish(Identity owner, Bytes value, PublishTerms terms, Duration limit) {
    var deadline = Deadline.after(limit);
    var name = new IpnsName(owner.peerId());
    long sequence =
        terms.sequence().isPresent()
            ? terms.sequence().getAsLong()
            : next(name, limit.dividedBy(2));
    return store(name, sign(owner, value, sequence, terms), deadline.left());
  }

  /// Publishes a record again before it expires: the same value and version with a later end,
  /// unless a newer version has been seen since. To be called every [PublishTerms#renewEvery].
  public Published renew(Identity owner, IpnsRecord last, PublishTerms terms, Duration limit) {
    var name = new IpnsName(owner.peerId());
    IpnsRecord best = seen.best(name).filter(b -> isNewer(b, last)).orElse(last);
    return store(name, sign(owner, best.value(), best.sequence(), terms), limit);
  }

  private IpnsRecord sign(Identity owner, Bytes value, long sequence, PublishTerms terms) {
    return IpnsRecord.sign(
        owner.privateKey(),
        value,
        sequence,
        clock.instant().plus(terms.lifetime()),
        terms.ttl(),
        terms.form());
  }

  private Published store(IpnsName name, IpnsRecord record, Duration limit) {
    var stored = dht.publish(name.key(), record.bytes(), limit);
    // What was refused says nothing of the name: there is a better record.
    if (!stored.isRefused()) {
      seen.admit(name, record, clock.instant());
    }
    return new Published(name, record, stored);
  }

  /// Takes note of a record that came by another way than through the DHT, such as from a file or
  /// over pub/sub. One that is expired or older than what is known changes nothing.
  ///
  /// @throws MalformedException unless it is a record that the owner of the name has signed
  public void learn(IpnsName name, Bytes record) {
    IpnsRecord read = IpnsRecord.read(name.owner(), record);
    Instant now = clock.instant();
    if (!read.isExpired(now)) {
      seen.admit(name, read, now);
    }
  }

  private static boolean isNewer(IpnsRecord a, IpnsRecord b) {
    return Long.compareUnsigned(a.sequence(), b.sequence()) > 0;
  }

  /// One more than the highest sequence known; a new name begins with 1.
  private long next(IpnsName name, Duration limit) {
    lookUp(name, limit);
    long highest = seen.best(name).map(IpnsRecord::sequence).orElse(0L);
    if (highest == -1) {
      throw new MalformedException("the name has used the highest sequence there is");
    }
    return highest + 1;
  }

  /// Resolves a name, through further names if it points at one, until a record points elsewhere.
  /// Records that are fresh by their TTL are not looked up again.
  public Resolution resolve(IpnsName name, Duration limit) {
    var deadline = Deadline.after(limit);
    List<Step> steps = new ArrayList<>();
    var next = new IpnsName.Below(name, "");
    while (steps.size() < MAX_DEPTH) {
      switch (cachedOrLookedUp(next.name(), deadline.left())) {
        case Found(var value, var one) -> {
          steps.addAll(one);
          Bytes whole = join(value, next.rest());
          Optional<IpnsName.Below> further = below(whole);
          if (further.isEmpty()) {
            return new Found(whole, steps);
          }
          next = further.get();
        }
        case Resolution failed -> {
          return failed;
        }
      }
    }
    return new TooDeep(Bytes.utf8(next.name().path() + next.rest()));
  }

  private Resolution cachedOrLookedUp(IpnsName name, Duration limit) {
    return seen.fresh(name, clock.instant())
        .<Resolution>map(record ->
            new Found(record.value(), List.of(new Step(name, record, 0, Optional.empty()))))
        .orElseGet(() -> lookUp(name, limit));
  }

  private static Bytes join(Bytes value, String rest) {
    return rest.isEmpty() ? value : value.concat(Bytes.utf8(rest));
  }

  private static Optional<IpnsName.Below> below(Bytes value) {
    try {
      return IpnsName.Below.of(value.utf8());
    } catch (MalformedException noText) {
      return Optional.empty();
    }
  }

  /// Looks up the record of one name in the network, whatever is known already, and does not follow
  /// it. Peers that hold an older record, or none, are sent the best.
  public Resolution lookUp(IpnsName name, Duration limit) {
    return switch (dht.get(name.key(), quorum, limit)) {
      case GetResult.Found(var held, int answers, var stats) -> {
        IpnsRecord record = IpnsRecord.read(name.owner(), held.value());
        yield seen.admit(name, record, clock.instant())
            .<Resolution>map(best ->
                new Found(best.value(), List.of(new Step(name, best, answers, Optional.of(stats)))))
            .orElseGet(
                () -> new RolledBack(name, record, seen.best(name).orElse(record).sequence()));
      }
      case GetResult.NotFound(_, var stats) -> new NotFound(name, stats);
    };
  }
}
