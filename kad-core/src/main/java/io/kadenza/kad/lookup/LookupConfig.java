package io.kadenza.kad.lookup;

import java.time.Duration;

/// How a walk proceeds.
///
/// @param k how many closest peers it looks for, 1 to 100; "the recommended value for k is 20"
/// @param alpha how many requests are in flight at most, 1 to 100; "default value of 10"
/// @param beta how many of the closest must have answered before only the rest of the k closest is
///   asked, 1 to 100; "implementations SHOULD set β to 3"
/// @param patience how long one peer may take to answer, a day at most
/// @param followUp whether the rest of the k closest is asked at all
/// @param paths how many separate ways to the target are gone at the same time, no peer being asked
///   on two of them (S/Kademlia proposes 8); 1 is the plain walk
/// @param hedged whether peers that are much slower than usual hold up the walk only if there is
///   nobody else
/// @param eager whether what is known of the network's size is put to use: the k closest are asked
///   all at once as soon as those known are as close as can be expected, and a record is sent to
///   them without asking first
public record LookupConfig(
    int k,
    int alpha,
    int beta,
    Duration patience,
    boolean followUp,
    int paths,
    boolean hedged,
    boolean eager) {
  /// For k, α and β: an answer of 16 KiB, the most that all implementations take, names no more.
  public static final int MAX_PEERS = 100;

  private static final Duration MAX_PATIENCE = Duration.ofDays(1);

  public static final LookupConfig DEFAULT =
      new LookupConfig(20, 10, 3, Duration.ofSeconds(10), true, 1, true, true);

  /// Each path costs some requests of its own, so more would be of no use.
  public static final int MAX_PATHS = 32;

  public LookupConfig {
    checkPeers("k", k);
    checkPeers("alpha", alpha);
    checkPeers("beta", beta);
    if (!patience.isPositive() || patience.compareTo(MAX_PATIENCE) > 0) {
      throw new IllegalArgumentException("patience lasts up to a day, not " + patience);
    }
    if (paths < 1 || paths > MAX_PATHS) {
      throw new IllegalArgumentException("1.." + MAX_PATHS + " paths, not " + paths);
    }
  }

  private static void checkPeers(String name, int value) {
    if (value < 1 || value > MAX_PEERS) {
      throw new IllegalArgumentException(name + " is 1.." + MAX_PEERS + ", not " + value);
    }
  }

  public LookupConfig withK(int value) {
    return new LookupConfig(value, alpha, beta, patience, followUp, paths, hedged, eager);
  }

  public LookupConfig withAlpha(int value) {
    return new LookupConfig(k, value, beta, patience, followUp, paths, hedged, eager);
  }

  public LookupConfig withBeta(int value) {
    return new LookupConfig(k, alpha, value, patience, followUp, paths, hedged, eager);
  }

  public LookupConfig withPatience(Duration value) {
    return new LookupConfig(k, alpha, beta, value, followUp, paths, hedged, eager);
  }

  public LookupConfig withFollowUp(boolean value) {
    return new LookupConfig(k, alpha, beta, patience, value, paths, hedged, eager);
  }

  public LookupConfig withPaths(int value) {
    return new LookupConfig(k, alpha, beta, patience, followUp, value, hedged, eager);
  }

  public LookupConfig withHedged(boolean value) {
    return new LookupConfig(k, alpha, beta, patience, followUp, paths, value, eager);
  }

  public LookupConfig withEager(boolean value) {
    return new LookupConfig(k, alpha, beta, patience, followUp, paths, hedged, value);
  }
}
