/// The program `kad`: a node, its life cycle and its command line.
///
/// Start with [io.kadenza.node.cli.Main].
module io.kadenza.node {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires info.picocli;
  requires io.kadenza.gossip;
  requires io.kadenza.kad;
  requires io.kadenza.sim;
  requires java.management;
  requires jdk.management;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  opens io.kadenza.node.cli to
      info.picocli;
  opens io.kadenza.node.cli.sim to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      io.kadenza.node.terminal.LogSetup;
}
