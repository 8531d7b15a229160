/// The shape that every protocol core has, and the thread that drives one.
module io.kadenza.machine {
  requires static transitive org.jspecify;

  exports io.kadenza.machine;
}
