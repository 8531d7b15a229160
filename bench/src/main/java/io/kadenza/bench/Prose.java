package io.kadenza.bench;

/// The words of the reports that do not change from run to run.
final class Prose {
  static final String PAGE =
      """
      # Benchmarks

      Our DHT against go-libp2p-kad-dht's, each pair on one machine and in one run. `bench/run`, `bench/run network`
      and `bench/run provide` write their part of a section each, with `--markdown docs/benchmarks.md`.
      """;

  static final String SERVER =
      """
      ### How it is measured

      * Both servers listen on loopback with TCP, Noise and Yamux and nothing else. Each has one worker
        (`GOMAXPROCS=1`, `-XX:ActiveProcessorCount=1`) and is started as its users would start it, with the
        limits on connections raised for both, since the load comes from one address.
      * Both are offered the same 1,000 peers. Their buckets hold 20, so each keeps some 130, as a node in a
        network of that size does.
      * The load is one Java process with one event loop, the same for both. It is often the limit, so what
        counts is **operations per CPU-second of the server's process** (user and system time of all its
        threads, the JVM's compiler and collector included); the wall-clock rate and the latencies stand
        beside it and tell as much about the load and the machine's other work as about the server.
      * Turns of %d s go A, B, B, A, in %d rounds, after %d CPU-seconds of each server under the same load:
        the JVM has compiled by then, and what a server does in its first seconds is not in these figures.
        The tables show the median with the least and the greatest. *A/A check* is a server's second turns
        over its first: beyond 10 %% either way the race is void. *Other load* is how many processors the
        rest of the machine kept busy; beyond a few tenths, latencies and rates are its doing.
      * An answer counts only if it is right: 20 peers in each answer to a FIND_NODE, the closest first (one
        in 1,024 is decoded to see to that), each pong what was sent.

      The scenarios: FIND_NODE for random keys on 64 connections, one stream each, with 1 or 16 requests
      outstanding on it; ping likewise, one outstanding; peers never met before that connect (multistream,
      Noise XX, Yamux), have one FIND_NODE answered and leave, 16 at a time, once without answering the
      server's identify, once with identify in both directions, as on the open network; and connections that
      do nothing, for whose memory each turn starts a new server: the growth of the process's resident set, for
      ours also after a collection, and of the live heap.

      """;

  private Prose() {}
}
