package io.kadenza.kad.provide;

/// How likely peers are to be among the k closest to a key, given how many servers there are: in a
/// stretch of the keyspace the number of servers is distributed as Poisson says.
public final class Likelihood {
  private final int k;
  private final double servers;

  /// @param servers how many the network is estimated to have
  public Likelihood(int k, double servers) {
    if (k < 1 || !(servers > 0)) {
      throw new IllegalArgumentException(k + " of " + servers + " servers");
    }
    this.k = k;
    this.servers = servers;
  }

  /// The probability that a peer at this distance is one of the k closest: that less than k others
  /// are closer.
  ///
  /// @param distance as a share of the keyspace
  public double isOneOfTheClosest(double distance) {
    return atMost(k - 1, servers * distance);
  }

  /// The probability that the k closest peers lie closer, on average, than this. Their average is
  /// about the distance of the one in their middle, so it is the probability that more than half of
  /// k lie within it.
  ///
  /// @param average as a share of the keyspace
  public double isUsuallyCloser(double average) {
    return 1 - atMost(k / 2, servers * average);
  }

  /// The probability that a quantity with this mean comes to no more than `n`.
  private static double atMost(int n, double mean) {
    double term = Math.exp(-mean);
    double sum = term;
    for (int i = 1; i <= n; i++) {
      term *= mean / i;
      sum += term;
    }
    return Math.min(1, sum);
  }
}
