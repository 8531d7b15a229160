package io.kadenza.bench.network;

import io.kadenza.bench.Setting;

/// The words of the reports of races in a network.
final class NetworkProse {
  private NetworkProse() {}

  static Setting setting(NetworkOptions options, boolean pinned) {
    return new Setting(
        "Clients in " + where(options),
        measured(options, network(options)),
        options.command(),
        place(pinned));
  }

  private static String where(NetworkOptions options) {
    if (options.rtt() > 0) {
      return "a network with delays";
    }
    return switch (options.network()) {
      case MIXED -> "a network";
      case OWN -> "networks of their own";
    };
  }

  private static String network(NetworkOptions options) {
    if (options.rtt() > 0) {
      return delayed(options);
    }
    return switch (options.network()) {
      case MIXED -> mixed(options);
      case OWN -> own(options);
    };
  }

  private static String mixed(NetworkOptions options) {
    return """
    * The network is %d DHT servers on loopback, each a process, started as its users would start it: every other one is
      go-libp2p-kad-dht's, the others are ours. Loopback has no delay: latency is processor time, the servers' included.
      So the number of requests counts for more, and that of round trips for less, than on the internet.
    """
        .formatted(options.servers());
  }

  private static String own(NetworkOptions options) {
    return """
    * There are two networks of %d DHT servers on loopback, each a process, started as its users would start it: one of
      ours, which our clients are in, and one of go-libp2p-kad-dht's for go's. One is at rest while the other is at work.
      Loopback has no delay: latency is processor time, most of it the servers'.
    """
        .formatted(options.servers());
  }

  private static String delayed(NetworkOptions options) {
    return """
    * The network is %d DHT servers of go-libp2p-kad-dht in one process, with the tables they would have after a long
      time. What they send arrives %d ms later than on loopback, and twice as late where a connection begins, so round
      trips count as on the internet.
    """
        .formatted(options.servers(), options.rtt());
  }

  private static String measured(NetworkOptions options, String network) {
    return """
    ### How it is measured

    %s* %d clients of each implementation run in one process with one worker (`GOMAXPROCS=1`,
      `-XX:ActiveProcessorCount=1`), with the settings a user would have, and all work at once: %d operations a turn,
      %d where clients are new. Turns go A, B, B, A, in %d rounds, after %d CPU-seconds of the same: the JVM has compiled
      by then, and both have connections to the servers they have met.
    * An operation counts as its caller sees it. *Client's CPU* is that of the clients' process, *requests* are those that
      arrived at all servers, entry corrections and the clients' own upkeep included.
    * What operations bring is held against the truth, since the race knows all servers and asks them: how many of the
      20 closest were found, how many of them hold a value that was put. A get must bring the value, or there is no race.
      Both ask everybody who is close before they answer (go's default, our `Quorum.ALL`); the clients of a network
      have stored what is looked for, each its share.
    * *A/A check*: a contender's second turns over its first, by their p50. Beyond 10 %% either way the race is void.

    """
        .formatted(
            network,
            options.clients(),
            options.operations(),
            options.cold(),
            options.repeats(),
            options.warmUp());
  }

  static Setting setting(ProvideOptions options, boolean pinned) {
    String measured =
        """
        ### How it is measured

        * The network is %,d DHT servers of go-libp2p-kad-dht in one process, on loopback, with the tables they would have
          after a long time. They take provider records as ever, but keep below their provider store no more than that
          there is one.
        * Each turn starts a client with the settings a user would have and one worker, has it join and provide %,d
          contents that nobody has seen, with `Dht.startProviding` and with go's `SweepingProvider`, until it says
          that the network knows; then as many others. Turns go A, B, B, A, in %d rounds. The first sweep finds a JVM that
          has compiled nothing and a client without connections; the second is that of a node that has been running.
        * Go's resource manager is put out of the way: with its limits the client may not open as many connections as it
          wants in so short a time, and leaves more than half of the records somewhere else.
        * *CPU* is that of the client's process from the call until the last record has arrived, all connections that it
          makes meanwhile included; FIND_NODEs and ADD_PROVIDERs are those that arrived. Ours makes no lookups for
          a sweep, but asks for the edges of the regions, and sends each server one FIND_NODE behind its first batch, whose
          answer proves that the batch was read. Ours tells every server within 1.5 times the expected distance of the
          20th (`KadConfig.region`), hence the more ADD_PROVIDERs. The seconds are the servers', which share one processor.
        * One content in %d is looked for afterwards at its 20 closest servers.
        * *A/A check*: a contender's second turns over its first, by the CPU for each content. Beyond 10 %% either way the
          race is void.

        """
            .formatted(options.servers(), options.contents(), options.repeats(), options.step());
    return new Setting("A sweep over many contents", measured, options.command(), place(pinned));
  }

  private static String place(boolean pinned) {
    return pinned
        ? "Clients on processor 1, servers on processor 0."
        : "Nothing was pinned to a processor.";
  }
}
