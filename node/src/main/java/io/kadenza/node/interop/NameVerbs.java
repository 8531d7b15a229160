package io.kadenza.node.interop;

import io.kadenza.kad.engine.Outcome;
import io.kadenza.kad.names.Names;
import io.kadenza.kad.names.Resolution;
import io.kadenza.kad.record.Verdict;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.kad.record.ipns.IpnsRecord;
import io.kadenza.kad.record.ipns.IpnsValidator;
import io.kadenza.multiformats.Bytes;
import io.kadenza.node.Node;
import io.kadenza.node.terminal.JsonLine;
import java.time.Duration;
import java.time.Instant;

/// The verbs about IPNS.
final class NameVerbs {
  private static final Duration LIFETIME = Duration.ofDays(1);
  private static final Duration TTL = Duration.ofMinutes(5);

  private final Node node;
  private final Names names;

  NameVerbs(Node node) {
    this.node = node;
    this.names = Names.on(node.dht());
  }

  JsonLine sign(Request request) {
    IpnsRecord record =
        IpnsRecord.sign(
            node.host().identity().privateKey(),
            Bytes.utf8(request.text("value")),
            request.number("sequence", 0),
            Instant.now().plus(LIFETIME),
            TTL);
    return JsonLine.plain()
        .with("name", node.host().id().toString())
        .with("record", record.bytes().toHex());
  }

  JsonLine put(Request request) {
    Outcome.Stored stored =
        node.dht().put(name(request).key(), record(request), request.deadline().left());
    Verbs.requireStored(stored);
    return JsonLine.plain().with("copies", stored.copies());
  }

  JsonLine get(Request request) {
    Resolution end = names.lookUp(name(request), request.deadline().left());
    if (end instanceof Resolution.Found found) {
      return JsonLine.plain()
          .with("record", found.steps().getLast().record().bytes().toHex())
          .with("value", found.value().utf8());
    }
    throw new IllegalStateException("not found: " + end);
  }

  JsonLine check(Request request) {
    return switch (new IpnsValidator()
        .validate(name(request).key(), record(request), Instant.now())) {
      case Verdict.Valid _ -> JsonLine.plain().with("valid", true);
      case Verdict.Invalid(String why) -> JsonLine.plain().with("valid", false).with("why", why);
    };
  }

  private static IpnsName name(Request request) {
    return new IpnsName(request.peer("name"));
  }

  private static Bytes record(Request request) {
    return Bytes.fromHex(request.text("record"));
  }
}
