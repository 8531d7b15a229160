package io.kadenza.sim.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kadenza.sim.attack.Lies;
import io.kadenza.sim.net.Conditions;
import io.kadenza.sim.scenario.Scenario.Attack;
import io.kadenza.sim.scenario.Scenario.Beginning;
import io.kadenza.sim.scenario.Scenario.Churn;
import io.kadenza.sim.scenario.Scenario.MassJoin;
import io.kadenza.sim.scenario.Scenario.MassLeave;
import io.kadenza.sim.scenario.Scenario.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Scenarios in YAML. Strict: an unknown key, a wrong type and a number out of its range are
/// refused with the line they stand in.
public final class ScenarioFile {
  /// A scenario is a page at most.
  private static final int MAX_BYTES = 64 << 10;

  /// More than the deepest, the regions of a partition among the faults, takes.
  private static final int MAX_DEPTH = 16;

  private static final int MAX_NODES = 2_000_000;
  private static final long MAX_BANDWIDTH = 1_000_000_000_000L;
  private static final int MAX_OPERATIONS = 10_000_000;
  private static final int MAX_SEARCHES = 10_000;
  private static final int MAX_UPDATES = 1_000;
  private static final int MAX_ECLIPSE = 100_000;
  private static final int MAX_NETWORKS = 10_000;
  private static final Duration MAX_DURATION = Duration.ofDays(30);
  private static final Duration TICK = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  /// In place of a refresh that never happens.
  public static final Duration NEVER = Duration.ofDays(36_500);

  private ScenarioFile() {}

  /// Reads a scenario from a file.
  public static Scenario read(Path file) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_BYTES + 1);
    }
    if (content.length > MAX_BYTES) {
      throw new ScenarioException(
          file.toString(), 1, "a scenario has at most " + MAX_BYTES + " bytes");
    }
    return parse(file.toString(), UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
  }

  /// Reads a scenario.
  ///
  /// @param file its name, for messages
  public static Scenario parse(String file, String text) {
    YamlSection root = YamlSection.of(file, compose(file, text), "a scenario");
    root.require("name").require("nodes").require("duration");
    String name = root.text("name", "", NAME, "a word of small letters, digits, '-' and '.'");
    Duration duration = root.duration("duration", DAY, Duration.ofSeconds(1), MAX_DURATION);
    Profile profile = profile(root);
    Beginning beginning =
        Beginning.valueOf(
            root.word("begin", "converged", List.of("converged", "bootstrap"))
                .toUpperCase(Locale.ROOT));
    var scenario =
        new Scenario(
            name,
            root.longInteger("seed", 1, 0, Long.MAX_VALUE / 10),
            root.integer("nodes", 0, 2, MAX_NODES),
            root.integer("clients", 0, 0, MAX_NODES),
            duration,
            beginning,
            root.number("dead", 0, 0, 0.95),
            EngineSection.read(root.sectionOrEmpty("engine"), profile),
            network(root.sectionOrEmpty("network")),
            root.section("churn").map(ScenarioFile::churn),
            root.sections("leave").stream().map(section -> leave(section, duration)).toList(),
            root.sections("join").stream().map(section -> join(section, duration)).toList(),
            root.section("faults")
                .map(section -> FaultSection.read(section, duration))
                .orElse(Faults.NONE),
            workload(root.sectionOrEmpty("workload"), profile, duration),
            root.section("attack").map(in -> attack(in, beginning)).orElse(Attack.NONE),
            root.section("checks").map(ScenarioFile::checks).orElse(Checks.NONE));
    root.finish();
    scenario.checks().agreeWithin().ifPresent(within -> comesToPass(root, scenario, within));
    return scenario.checks().every().isPresent()
        ? scenario.withEngine(scenario.engine().withTraces(true))
        : scenario;
  }

  /// That tables agree again can be judged only if they have been looked at before a partition, and
  /// not while the next one is on, nor after the end.
  private static void comesToPass(YamlSection root, Scenario scenario, Duration within) {
    List<Faults.Partition> partitions = scenario.faults().partitions();
    if (partitions.isEmpty()) {
      throw root.refused("'agree-within' needs a partition");
    }
    Duration first = partitions.getFirst().at();
    scenario
        .checks()
        .every()
        .filter(every -> first.compareTo(every) < 0)
        .ifPresent(every -> {
          throw root.refused(
              "a partition begins at "
                  + Spelling.of(first)
                  + ", before tables are looked at after "
                  + Spelling.of(every));
        });
    for (int i = 0; i < partitions.size(); i++) {
      boolean isLast = i + 1 == partitions.size();
      Duration next = isLast ? scenario.duration() : partitions.get(i + 1).at();
      if (partitions.get(i).end().plus(within).compareTo(next) > 0) {
        throw root.refused(
            (isLast ? "the scenario ends at " : "a partition begins at ")
                + Spelling.of(next)
                + ", when tables need not agree again after the one at "
                + Spelling.of(partitions.get(i).at()));
      }
    }
  }

  private static Node compose(String file, String text) {
    var settings = LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_BYTES).build();
    try {
      checkDepth(file, new ParserImpl(settings, new StreamReader(settings, text)));
      var reader = new StreamReader(settings, text);
      return new Composer(settings, new ParserImpl(settings, reader))
          .getSingleNode()
          .orElseThrow(() -> new ScenarioException(file, 1, "the file is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ScenarioException(file, line, "not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      long lines = text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      throw new ScenarioException(file, (int) lines + 1, "not YAML: " + e.getMessage());
    } catch (YamlEngineException e) {
      throw new ScenarioException(file, 1, "not YAML: " + e.getMessage());
    }
  }

  /// What is nested is composed by recursion: a few kilobytes of brackets would overflow the stack.
  private static void checkDepth(String file, Parser events) {
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> depth++;
        case SequenceEnd, MappingEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        throw new ScenarioException(file, line, "nothing is nested as deeply as this");
      }
    }
  }

  private static Profile profile(YamlSection root) {
    List<String> names = Arrays.stream(Profile.values()).map(Profile::spelling).toList();
    return Profile.named(root.word("profile", Profile.DEFAULT.spelling(), names));
  }

  private static Conditions network(YamlSection in) {
    Conditions normal = Conditions.DEFAULT;
    var conditions =
        new Conditions(
            in.number("latency", normal.latency(), 0, 100),
            in.number("loss", normal.loss(), 0, 0.9),
            in.integer("dial-round-trips", normal.dialRoundTrips(), 0, 20),
            in.duration("dial-timeout", normal.dialTimeout(), TICK, DAY),
            in.integer("connections", normal.maxConnections(), 1, 100_000),
            in.flag("identify", normal.identify()),
            in.longInteger("bandwidth", normal.bytesPerSecond(), 0, MAX_BANDWIDTH));
    in.finish();
    return conditions;
  }

  private static Churn churn(YamlSection in) {
    in.require("session");
    Duration session = in.duration("session", DAY, Duration.ofSeconds(1), MAX_DURATION);
    var churn =
        new Churn(
            session,
            in.duration("absence", session, Duration.ofSeconds(1), MAX_DURATION),
            in.number("shape", 0.6, 0.2, 5),
            in.number("diurnal", 0, 0, 0.9));
    in.finish();
    return churn;
  }

  private static MassLeave leave(YamlSection in, Duration duration) {
    in.require("at").require("share");
    var leave =
        new MassLeave(
            in.duration("at", duration, Duration.ZERO, duration),
            in.number("share", 0, 0, 1),
            optional(in, "for", TICK, MAX_DURATION));
    in.finish();
    return leave;
  }

  private static MassJoin join(YamlSection in, Duration duration) {
    in.require("at").require("nodes");
    var join =
        new MassJoin(
            in.duration("at", duration, Duration.ZERO, duration),
            in.integer("nodes", 1, 1, MAX_NODES),
            in.duration("within", Duration.ofSeconds(10), TICK, duration));
    in.finish();
    return join;
  }

  private static Workload workload(YamlSection in, Profile profile, Duration duration) {
    Duration from = in.duration("from", Duration.ZERO, Duration.ZERO, duration);
    var workload =
        new Workload(
            in.integer("lookups", 0, 0, MAX_OPERATIONS),
            in.integer("puts", 0, 0, MAX_OPERATIONS),
            in.integer("provides", 0, 0, MAX_OPERATIONS),
            from,
            in.duration("until", duration, from, duration),
            in.duration("pause", Duration.ofSeconds(10), Duration.ZERO, MAX_DURATION),
            in.integer("quorum", 0, 0, 1_000),
            in.integer("providers", profile.providersWanted(), 0, 4_096),
            in.duration("limit", Duration.ofMinutes(2), Duration.ofSeconds(1), DAY),
            in.integer("searches", 1, 1, MAX_SEARCHES),
            in.integer("updates", 0, 0, MAX_UPDATES),
            optional(in, "repeat", Duration.ofSeconds(1), MAX_DURATION),
            in.flag("standing", false));
    in.finish();
    return workload;
  }

  private static Attack attack(YamlSection in, Beginning beginning) {
    double byzantine = in.number("byzantine", 0, 0, 0.95);
    int sybils = in.integer("sybils-per-key", 0, 0, 1_000);
    var lies = new ArrayList<Lies>();
    List<String> names = Arrays.stream(Lies.values()).map(Lies::spelling).toList();
    for (String word : in.words("lies", names)) {
      lies.add(Lies.named(word));
    }
    int eclipse = in.integer("eclipse", 0, 0, MAX_ECLIPSE);
    int networks = in.integer("networks", 0, 0, MAX_NETWORKS);
    in.finish();
    if (eclipse > 0 && beginning != Beginning.BOOTSTRAP) {
      throw in.refused("'eclipse' needs 'begin: bootstrap': there must be somebody to come");
    }
    return new Attack(byzantine, lies, sybils, eclipse, networks);
  }

  private static Checks checks(YamlSection in) {
    var success = new EnumMap<Kind, Double>(Kind.class);
    in.section("success")
        .ifPresent(least -> {
          for (Kind kind : Kind.values()) {
            if (least.has(kind.spelling())) {
              success.put(kind, least.number(kind.spelling(), 0, 0, 1));
            }
          }
          least.finish();
        });
    var checks =
        new Checks(
            optional(in, "every", TICK, MAX_DURATION),
            optional(in, "agree-within", TICK, MAX_DURATION),
            success);
    in.finish();
    if (checks.agreeWithin().isPresent() && checks.every().isEmpty()) {
      throw in.refused("'agree-within' needs 'every'");
    }
    return checks;
  }

  private static Optional<Duration> optional(
      YamlSection in, String key, Duration min, Duration max) {
    return in.has(key) ? Optional.of(in.duration(key, min, min, max)) : Optional.empty();
  }
}
