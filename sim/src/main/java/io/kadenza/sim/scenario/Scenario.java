package io.kadenza.sim.scenario;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.sim.attack.Lies;
import io.kadenza.sim.net.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An experiment: a network, what is asked of it, and what befalls it. Together with a seed it
/// decides everything that happens.
///
/// @param name a word for reports
/// @param seed the seed, unless a run is given another
/// @param nodes how many servers there are, liars among them, ground ones not
/// @param clients how many nodes there are besides that ask only and that nobody can reach
/// @param duration virtual time until no new operation starts
/// @param beginning how tables come about
/// @param dead the share of servers that are in the tables but do not answer any more
/// @param engine what every node is set to
/// @param conditions what the links are like
/// @param churn how nodes come and go, if they do
/// @param leaves when many leave at once
/// @param joins when many join at once
/// @param faults what is wrong with the network
/// @param workload what is asked
/// @param attack who lies
/// @param checks what must hold
public record Scenario(
    String name,
    long seed,
    int nodes,
    int clients,
    Duration duration,
    Beginning beginning,
    double dead,
    KadConfig engine,
    Conditions conditions,
    Optional<Churn> churn,
    List<MassLeave> leaves,
    List<MassJoin> joins,
    Faults faults,
    Workload workload,
    Attack attack,
    Checks checks) {
  public Scenario {
    leaves = List.copyOf(leaves);
    joins = List.copyOf(joins);
  }

  /// How tables come about.
  public enum Beginning {
    /// They are filled as if the network had been up for long.
    CONVERGED,
    /// The nodes join one after another, in the first tenth of the time, by way of those that are
    /// there.
    BOOTSTRAP
  }

  /// Servers that come and go under their old identity and with nothing in memory. Lengths follow a
  /// Weibull distribution.
  ///
  /// @param session the median time for which a node is up
  /// @param absence the median time for which it is away
  /// @param shape below 1 for many short sessions and a few very long ones
  /// @param diurnal how much longer sessions are, and how much shorter absences, at 8 in the
  ///   evening of a node's region, and the other way round at 8 in the morning; as a share of their
  ///   length
  public record Churn(Duration session, Duration absence, double shape, double diurnal) {}

  /// Many go at once, without a word.
  ///
  /// @param share of the honest servers that are up
  /// @param absence after which they come back, if they do
  public record MassLeave(Duration at, double share, Optional<Duration> absence) {}

  /// Servers that nobody has known before come in.
  ///
  /// @param within how long it takes until all are there
  public record MassJoin(Duration at, int nodes, Duration within) {}

  /// What is asked of the network, by random honest nodes at random times.
  ///
  /// @param lookups walks to random keys
  /// @param puts values stored, each looked for by another node
  /// @param provides keys provided, each looked for by another node
  /// @param from when the first operation starts
  /// @param until when no new put, provide or lookup starts any more
  /// @param pause between the end of a put or provide and the search for it
  /// @param quorum how many values end a search, 0 for none but the end of the walk
  /// @param providers how many providers do
  /// @param limit what an operation may take
  /// @param searches how many times each value and each key is looked for: once after the pause,
  ///   the others at random times until the end
  /// @param updates how many newer values follow each first one, a pause apart
  /// @param repeat how often values are put, and keys provided, again by the same node, if they are
  /// @param standing whether values are published, and keys provided, until further notice: the
  ///   engine stores them again by itself
  public record Workload(
      int lookups,
      int puts,
      int provides,
      Duration from,
      Duration until,
      Duration pause,
      int quorum,
      int providers,
      Duration limit,
      int searches,
      int updates,
      Optional<Duration> repeat,
      boolean standing) {}

  /// Who lies.
  ///
  /// @param byzantine the share of servers that do
  /// @param lies what these do, the first that concerns a request decides
  /// @param sybilsPerKey how many further liars are ground next to each key that is put or
  ///   provided: closer than any honest node
  /// @param eclipse how many further liars are there before everybody else, and connect to each
  ///   node as soon as it is up
  /// @param networks in how many networks of 256 addresses these two kinds have theirs; 0 for
  ///   addresses all over the internet
  public record Attack(
      double byzantine, List<Lies> lies, int sybilsPerKey, int eclipse, int networks) {
    public static final Attack NONE = new Attack(0, List.of(), 0, 0, 0);

    public Attack {
      lies = List.copyOf(lies);
    }
  }

  public Scenario withSeed(long value) {
    return new Scenario(
        name,
        value,
        nodes,
        clients,
        duration,
        beginning,
        dead,
        engine,
        conditions,
        churn,
        leaves,
        joins,
        faults,
        workload,
        attack,
        checks);
  }

  public Scenario withEngine(KadConfig value) {
    return new Scenario(
        name,
        seed,
        nodes,
        clients,
        duration,
        beginning,
        dead,
        value,
        conditions,
        churn,
        leaves,
        joins,
        faults,
        workload,
        attack,
        checks);
  }
}
