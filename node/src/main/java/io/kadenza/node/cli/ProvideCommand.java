package io.kadenza.node.cli;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.provide.SweepStats;
import io.kadenza.machine.Deadline;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.Multiaddr;
import io.kadenza.node.Exit;
import io.kadenza.node.Failure;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.Counted;
import io.kadenza.node.terminal.JsonLine;
import io.kadenza.node.terminal.ProgressLine;
import io.kadenza.node.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kad provide`: advertises content.
@Command(
    name = "provide",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the peers closest to a key that this node has the content.",
      "The record names this node's identity and address: use --identity and --stay when"
          + " others are to reach it. Many keys are told together, those that are near each"
          + " other in the keyspace to the same peers."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kad provide bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy --stay",
      "  kad provide --from cids.txt --stay      one CID or key a line",
      "  kad provide --hex 361f2ed1183bca491b8aec11f0b9e5c06724759b0f7480ae7fb4894901993bc8",
      "",
      "Exit codes: 0 somebody was told, 4 timeout, 5 no peer reachable, 6 refused."
    })
final class ProvideCommand implements Callable<Integer> {
  /// How often to look how far it is.
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KEY|CID",
      description = "A CID, or any key of 1 to 80 bytes.")
  @Nullable String key;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Provide all keys in a file, one a line; - reads standard input.")
  @Nullable String from;

  @Option(
      names = "--stay",
      description = "Stay reachable, and say it again every 22 h, until Ctrl-C.")
  boolean stay;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      arity = "1",
      parameterConsumer = AddressList.class,
      description =
          "Where to be reachable (default: /ip4/127.0.0.1/tcp/0). On amino it takes a public"
              + " address, such as /ip4/0.0.0.0/tcp/4001 on a machine that has one.")
  List<Multiaddr> listen = new ArrayList<>();

  @Mixin KeySpelling spelling = new KeySpelling();
  @Mixin NetworkOptions network = new NetworkOptions();
  @Mixin DataOptions data = new DataOptions();
  @Mixin OutputOptions output = new OutputOptions();

  ProvideCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String one = key;
    String many = from;
    if ((one == null) == (many == null)) {
      throw Failure.usage("give a KEY or a CID, or --from FILE");
    }
    List<Bytes> keys =
        many != null
            ? KeyList.read(new InputFile(many), terminal, spelling)
            : List.of(spelling.contentKey(one == null ? "" : one));
    List<Multiaddr> where =
        listen.isEmpty() ? List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")) : listen;
    var deadline = network.deadline();
    try (var node = network.join(terminal, where, deadline, data)) {
      Exit exit = many != null ? provideAll(keys, node, deadline) : provide(keys, node, deadline);
      if (!stay) {
        return exit.code();
      }
      terminal.warn("kad: providing until Ctrl-C");
      return stay().code();
    } catch (InterruptedException stopped) {
      return Exit.INTERRUPTED.code();
    }
  }

  private Exit provide(List<Bytes> keys, Node node, Deadline deadline) {
    Bytes name = keys.getFirst();
    var provided =
        network.traced(terminal, node, output, () -> node.dht().provide(name, deadline.left()));
    Exit exit = report(name, node, provided);
    if (stay) {
      provideFromNowOn(keys, node);
    }
    return exit;
  }

  private static void provideFromNowOn(List<Bytes> keys, Node node) {
    int refused = node.dht().startProviding(keys).refused();
    if (refused > 0) {
      throw Failure.usage(
          refused
              + " of "
              + Counted.of(keys.size(), "key")
              + " cannot be kept: is the disk full, or are there more than a node provides?");
    }
  }

  private Exit provideAll(List<Bytes> keys, Node node, Deadline deadline)
      throws InterruptedException {
    long startedAt = System.nanoTime();
    provideFromNowOn(keys, node);
    SweepStats now = node.dht().providing();
    try (var progress = new ProgressLine(terminal)) {
      while (now.waiting() > 0 && (stay || !deadline.isOver())) {
        Thread.sleep(LOOK);
        now = node.dht().providing();
        draw(progress, now);
      }
    }
    return report(now, node, Duration.ofNanos(System.nanoTime() - startedAt));
  }

  private static void draw(ProgressLine progress, SweepStats now) {
    int done = now.keys() - now.waiting();
    progress.draw(
        done / (double) Math.max(1, now.keys()),
        String.format(
            Locale.ROOT,
            "%,d of %,d keys, %s",
            done,
            now.keys(),
            now.offline()
                ? "nobody answers"
                : String.format(Locale.ROOT, "%,d messages", now.messages())));
  }

  private Exit report(SweepStats now, Node node, Duration took) {
    int told = now.keys() - now.waiting();
    if (output.json) {
      terminal.say(
          JsonLine.of("kad.provided/v1")
              .with("id", node.host().id().toString())
              .with("keys", now.keys())
              .with("told", told)
              .with("find_nodes", now.findNodes())
              .with("messages", now.messages())
              .with("took_ms", took.toMillis())
              .toString());
    }
    if (now.waiting() > 0) {
      Exit exit = told == 0 && now.offline() ? Exit.NO_PEER : Exit.TIMEOUT;
      throw new Failure(exit, "told peers of " + told + " of " + now.keys() + " keys in time");
    }
    if (!output.json) {
      terminal.say(
          String.format(
              Locale.ROOT,
              "told peers of %s: %d FIND_NODE, %d ADD_PROVIDER, %d ms",
              Counted.of(told, "key"),
              now.findNodes(),
              now.messages(),
              took.toMillis()));
    }
    return Exit.OK;
  }

  /// The DHT says it again by itself.
  private static Exit stay() throws InterruptedException {
    while (true) {
      Thread.sleep(Duration.ofDays(1));
    }
  }

  private Exit report(Bytes name, Node node, Outcome.Provided provided) {
    if (output.json) {
      terminal.say(
          JsonLine.of("kad.provide/v1")
              .with("key_hex", name.toHex())
              .with("id", node.host().id().toString())
              .with("copies", provided.copies())
              .with("peers", Verdicts.tally(provided.perPeer()))
              .with("lookup", Verdicts.json(provided.stats()))
              .toString());
    }
    Exit exit = Verdicts.told(provided.perPeer(), provided.stats());
    if (exit != Exit.OK) {
      throw new Failure(
          exit,
          "nobody was told: "
              + Verdicts.deeds(provided.perPeer(), Verdicts.text(provided.stats())));
    }
    if (!output.json) {
      terminal.say(
          "told "
              + Counted.of(provided.copies(), "peer")
              + " that "
              + node.host().id()
              + " has it");
    }
    return exit;
  }
}
