package io.kadenza.node.cli;

import io.kadenza.crypto.PublicKey;
import io.kadenza.kad.record.Verdict;
import io.kadenza.kad.record.ipns.IpnsData;
import io.kadenza.kad.record.ipns.IpnsEntry;
import io.kadenza.kad.record.ipns.IpnsName;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.node.terminal.Escaped;
import io.kadenza.node.terminal.JsonLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An IPNS record laid open, for people and as JSON. Shows what can be read of a bad one too.
///
/// @param name whose record it should be, where that is known
/// @param verdict whether it is, where that was asked
record IpnsReport(
    Optional<IpnsName> name, Bytes record, IpnsEntry entry, Optional<Verdict> verdict) {

  /// What the record says: by its signed document or, where that cannot be read, by the fields of
  /// the first version.
  private IpnsData data() {
    try {
      return entry.data();
    } catch (MalformedException unreadable) {
      return new IpnsData(
          entry.value(), entry.validity(), entry.validityType(), entry.sequence(), entry.ttl());
    }
  }

  private List<String> signatures() {
    var all = new ArrayList<String>();
    if (!entry.signatureV1().isEmpty()) {
      all.add("v1");
    }
    if (entry.hasSecondVersion()) {
      all.add("v2");
    }
    return all;
  }

  /// Whose key the record holds; empty if it holds none that can be read.
  private Optional<PublicKey> included() {
    try {
      return entry.publicKey().isEmpty()
          ? Optional.empty()
          : Optional.of(PublicKey.fromProtobuf(entry.publicKey()));
    } catch (MalformedException unreadable) {
      return Optional.empty();
    }
  }

  private String why() {
    return verdict
        .filter(v -> v instanceof Verdict.Invalid)
        .map(v -> ((Verdict.Invalid) v).why())
        .orElse("");
  }

  List<String> lines() {
    IpnsData data = data();
    var lines = new ArrayList<String>();
    name.ifPresent(n -> lines.add("name:       " + n));
    lines.add("value:      " + text(data.value()));
    lines.add("sequence:   " + Long.toUnsignedString(data.sequence()));
    lines.add("valid:      " + validity(data));
    lines.add("ttl:        " + ttl(data));
    lines.add("size:       " + record.size() + " bytes");
    lines.add("signatures: " + (signatures().isEmpty() ? "none" : String.join(", ", signatures())));
    lines.add(
        "public key: "
            + included()
                .map(key -> key.type() + " of " + key.peerId())
                .orElse("not in the record"));
    lines.add(
        "verdict:    "
            + verdict
                .map(v -> v.isValid() ? "valid" : "invalid: " + why())
                .orElse("not checked; --verify NAME does it"));
    return lines;
  }

  JsonLine json(boolean dump) {
    IpnsData data = data();
    var line = JsonLine.of("kad.name.inspect/v1");
    name.ifPresent(n -> line.with("name", n.toString()));
    Escaped.utf8(data.value().toArray()).ifPresent(text -> line.with("value", text));
    line.with("value_base64", Base64.getEncoder().encodeToString(data.value().toArray()))
        .with("sequence", Long.toUnsignedString(data.sequence()))
        .with("validity_type", data.validityType())
        .with("validity", text(data.validity()))
        .with("ttl_ns", Long.toUnsignedString(data.ttl()))
        .with("size", record.size())
        .with("signatures", signatures());
    included()
        .ifPresent(key ->
            line.with("public_key_id", key.peerId().toString())
                .with("public_key_type", key.type().toString()));
    verdict.ifPresent(v -> line.with("valid", v.isValid()).with("reason", why()));
    return dump ? line.with("hex", record.toHex()) : line;
  }

  private static String validity(IpnsData data) {
    return data.validityType() == 0
        ? "until " + text(data.validity())
        : text(data.validity()) + " (of the unknown type " + data.validityType() + ")";
  }

  private static String ttl(IpnsData data) {
    // ISO 8601 without its first letters: 5m, 1h30m.
    Duration ttl = Duration.ofNanos(data.ttl() < 0 ? Long.MAX_VALUE : data.ttl());
    return ttl.isZero() ? "none" : ttl.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String text(Bytes bytes) {
    return Escaped.value(bytes.toArray());
  }
}
