/// For the tests of who uses the DHT: a network of simulated nodes on a virtual clock.
module io.kadenza.testkit {
  requires static transitive org.jspecify;
  requires transitive io.kadenza.kad.core;
  requires io.kadenza.sim;
  requires static transitive org.junit.jupiter.api;

  exports io.kadenza.testkit;
}
