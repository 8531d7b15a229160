package io.kadenza.bench.agree;

import io.kadenza.kad.engine.KadConfig;
import io.kadenza.kad.record.Validators;
import io.kadenza.kad.rpc.MessageType;
import java.util.Locale;
import java.util.function.Consumer;

/// The requests of one script, counted on real nodes and in the simulator.
record Agreement(MessageTally real, MessageTally simulated) {
  private static final double ALLOWED = 0.1;

  /// Of kinds with fewer requests, chance decides too much.
  private static final int ENOUGH = 50;

  private static final int NODES = 100;
  private static final int PER_VERB = 50;

  /// `Agreement [NODES [OPERATIONS-OF-EACH-KIND [SEED]]]`: prints a table in Markdown and fails if
  /// some count differs by more than a tenth.
  public static void main(String[] args) throws InterruptedException {
    int nodes = args.length > 0 ? Integer.parseInt(args[0]) : NODES;
    int perVerb = args.length > 1 ? Integer.parseInt(args[1]) : PER_VERB;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    Agreement agreement = measure(nodes, perVerb, seed);
    agreement.write(System.out::println);
    if (!agreement.holds()) {
      System.exit(1);
    }
  }

  static Agreement measure(int nodes, int perVerb, long seed) throws InterruptedException {
    KadConfig config = KadConfig.DEFAULT.withValidators(Validators.open()).withTraces(false);
    Script script = Script.of(nodes, perVerb, seed);
    try (var run = new RealRun(script, config)) {
      MessageTally simulated = SimulatedRun.of(script, run.infos(), config, seed);
      return new Agreement(run.run(), simulated);
    }
  }

  boolean holds() {
    if (real.total() == 0) {
      return false;
    }
    for (MessageType type : MessageType.values()) {
      boolean enough = Math.max(real.of(type), simulated.of(type)) >= ENOUGH;
      if (enough && difference(real.of(type), simulated.of(type)) > ALLOWED) {
        return false;
      }
    }
    return difference(real.total(), simulated.total()) <= ALLOWED;
  }

  private static double difference(long real, long simulated) {
    return Math.abs(simulated - real) / (double) Math.max(1, real);
  }

  void write(Consumer<String> out) {
    out.accept("| requests | real | simulated | difference |");
    out.accept("|---|---|---|---|");
    for (MessageType type : MessageType.values()) {
      if (real.of(type) + simulated.of(type) > 0) {
        row(out, type.name(), real.of(type), simulated.of(type));
      }
    }
    row(out, "all", real.total(), simulated.total());
    row(out, "of the median node", real.perNode(50), simulated.perNode(50));
    row(out, "of the node at 90 %", real.perNode(90), simulated.perNode(90));
    out.accept(
        String.format(
            Locale.ROOT,
            "Node by node, %.1f %% of the requests differ.",
            100 * real.apart(simulated)));
  }

  private static void row(Consumer<String> out, String name, long real, long simulated) {
    out.accept(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %+.1f %% |",
            name,
            real,
            simulated,
            100.0 * (simulated - real) / Math.max(1, real)));
  }
}
