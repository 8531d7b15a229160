package io.kadenza.kad.record.ipns;

import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes `corpus.tsv` anew, with fresh keys: good records, and records that are bad in one way
/// each. To be run by hand when there is something to add; the verdicts that it writes are ours and
/// have to be held against those of boxo and js (`interop/run --ipns-corpus`).
final class IpnsCorpusWriter {
  private static final Instant END = Instant.parse("2123-08-14T12:17:03.694052Z");
  private static final Duration TTL = Duration.ofMinutes(30);
  private static final Bytes VALUE = Bytes.utf8("/ipfs/bafkqaddwgevxmmraojswg33smq");
  private static final String PATH = Bytes.utf8("/ipfs/a").toHex();
  private static final String OTHER_PATH = Bytes.utf8("/ipfs/b").toHex();
  private static final Bytes VALIDITY = Rfc3339.print(END);

  private final PrivateKey owner = PrivateKey.generate(KeyType.ED25519);
  private final PeerId name = owner.publicKey().peerId();
  private final Bytes both = IpnsRecord.sign(owner, VALUE, 7, END, TTL).bytes();
  private final IpnsEntry entry = IpnsEntry.read(both);
  private final List<String> lines = new ArrayList<>();

  public static void main(String[] args) throws IOException {
    var writer = new IpnsCorpusWriter();
    writer.good();
    writer.versions();
    writer.keys();
    writer.documents();
    writer.times();
    writer.protobufs();
    writer.sizes();
    writer.damage();
    Files.write(Path.of(args[0]), writer.lines);
  }

  private void add(String what, PeerId of, Bytes record) {
    Verdict verdict =
        new IpnsValidator()
            .validate(new IpnsName(of).key(), record, Instant.parse("2026-01-01T00:00:00Z"));
    lines.add(
        String.join("\t", what, verdict.isValid() ? "valid" : "invalid", "" + of, record.toHex()));
  }

  private void add(String what, Bytes record) {
    add(what, name, record);
  }

  private void good() {
    for (KeyType type : KeyType.values()) {
      PrivateKey key = PrivateKey.generate(type);
      PeerId id = key.publicKey().peerId();
      String kind = type.name().toLowerCase(Locale.ROOT);
      for (IpnsRecord.Form form : IpnsRecord.Form.values()) {
        add(kind + " " + form, id, IpnsRecord.sign(key, VALUE, 1, END, TTL, form).bytes());
      }
      IpnsEntry made =
          IpnsEntry.read(IpnsRecord.sign(key, VALUE, 1, END, TTL, IpnsRecord.Form.V2_ONLY).bytes());
      Bytes itsKey = key.publicKey().protobuf();
      add(
          kind + " with its key",
          id,
          new IpnsEntry(itsKey, made.signatureV2(), made.document()).write());
      add(
          kind + " without its key",
          id,
          new IpnsEntry(Bytes.EMPTY, made.signatureV2(), made.document()).write());
      add(
          kind + " with another's key",
          id,
          new IpnsEntry(owner.publicKey().protobuf(), made.signatureV2(), made.document()).write());
      add(kind + " under another's name", name, made.write());
    }
    add("sequence 0", IpnsRecord.sign(owner, VALUE, 0, END, TTL).bytes());
    add("sequence 2^63-1", IpnsRecord.sign(owner, VALUE, Long.MAX_VALUE, END, TTL).bytes());
    add("sequence 2^63", IpnsRecord.sign(owner, VALUE, Long.MIN_VALUE, END, TTL).bytes());
    add("sequence 2^64-1", IpnsRecord.sign(owner, VALUE, -1, END, TTL).bytes());
    add("ttl 0", IpnsRecord.sign(owner, VALUE, 1, END, Duration.ZERO).bytes());
    add("an empty value", IpnsRecord.sign(owner, Bytes.EMPTY, 1, END, TTL).bytes());
    add("a value in binary", IpnsRecord.sign(owner, Bytes.fromHex("00ff80"), 1, END, TTL).bytes());
    add(
        "expired",
        IpnsRecord.sign(owner, VALUE, 1, Instant.parse("2020-01-01T00:00:00Z"), TTL).bytes());
  }

  private IpnsEntry first(
      Bytes value, Bytes sigV1, long type, Bytes validity, long sequence, long ttl) {
    return new IpnsEntry(
        value,
        sigV1,
        type,
        validity,
        sequence,
        ttl,
        Bytes.EMPTY,
        entry.signatureV2(),
        entry.document());
  }

  private void versions() {
    Bytes sig = entry.signatureV1();
    long ttl = entry.ttl();
    add(
        "v1 only",
        new ProtoWriter()
            .bytes(1, VALUE)
            .bytes(2, sig)
            .varint(3, 0)
            .bytes(4, VALIDITY)
            .varint(5, 7)
            .varint(6, ttl)
            .toBytes());
    add("no signature v2", new ProtoWriter().bytes(9, entry.document()).toBytes());
    add("no data", new ProtoWriter().bytes(8, entry.signatureV2()).toBytes());
    add(
        "signature v1 is wrong",
        first(VALUE, Bytes.wrap(new byte[64]), 0, VALIDITY, 7, ttl).write());
    add("signature v1 is missing", first(VALUE, Bytes.EMPTY, 0, VALIDITY, 7, ttl).write());
    add("value is missing", first(Bytes.EMPTY, sig, 0, VALIDITY, 7, ttl).write());
    add("another value", first(Bytes.utf8("/ipfs/x"), sig, 0, VALIDITY, 7, ttl).write());
    add("another validity type", first(VALUE, sig, 1, VALIDITY, 7, ttl).write());
    add(
        "another validity",
        first(VALUE, sig, 0, Bytes.utf8("2124-01-01T00:00:00Z"), 7, ttl).write());
    add("another sequence", first(VALUE, sig, 0, VALIDITY, 8, ttl).write());
    add("another ttl", first(VALUE, sig, 0, VALIDITY, 7, ttl + 1).write());
    Bytes v2 = new IpnsEntry(Bytes.EMPTY, entry.signatureV2(), entry.document()).write();
    add("of v1 a wrong sequence alone", new ProtoWriter().varint(5, 9).raw(v2).toBytes());
    add(
        "of v1 a wrong validity alone",
        new ProtoWriter().bytes(4, Bytes.utf8("x")).raw(v2).toBytes());
    add("of v1 only the signature", new ProtoWriter().bytes(2, sig).raw(v2).toBytes());
    add("of v1 only the value", new ProtoWriter().bytes(1, VALUE).raw(v2).toBytes());
  }

  private void keys() {
    PrivateKey other = PrivateKey.generate(KeyType.ED25519);
    add("signed by another", name, IpnsRecord.sign(other, VALUE, 1, END, TTL).bytes());
    add(
        "a key that is none",
        new IpnsEntry(Bytes.utf8("key"), entry.signatureV2(), entry.document()).write());
    add("an empty key", new ProtoWriter().bytes(7, Bytes.EMPTY).raw(both).toBytes());
    add(
        "an endless signature",
        new IpnsEntry(Bytes.EMPTY, Bytes.wrap(new byte[3_000]), entry.document()).write());
  }

  /// A V2 record around a document of our own.
  private Bytes signed(Bytes document) {
    byte[] prefix = Bytes.utf8("ipns-signature:").toArray();
    Bytes all = Bytes.wrap(prefix).concat(document);
    return new IpnsEntry(Bytes.EMPTY, Bytes.wrap(owner.sign(all.toArray())), document).write();
  }

  private void document(String what, String... hex) {
    add(what, signed(Bytes.fromHex(String.join("", hex))));
  }

  private void documents() {
    String ttl = "6354544c" + "1b000001a3185c5000";
    String value = "6556616c7565" + "47" + PATH;
    String sequence = "6853657175656e6365" + "07";
    String validity = "6856616c6964697479" + "581e" + VALIDITY.toHex();
    String type = "6c56616c696469747954797065" + "00";
    document("plain", "a5", ttl, value, sequence, validity, type);
    document("no ttl", "a4", value, sequence, validity, type);
    document("no value", "a4", ttl, sequence, validity, type);
    document("no sequence", "a4", ttl, value, validity, type);
    document("no validity", "a4", ttl, value, sequence, type);
    document("no validity type", "a4", ttl, value, sequence, validity);
    document("ttl is negative", "a5", "6354544c", "20", value, sequence, validity, type);
    document("ttl is text", "a5", "6354544c", "6130", value, sequence, validity, type);
    document(
        "ttl of 2^63", "a5", "6354544c", "1b8000000000000000", value, sequence, validity, type);
    document("value is text", "a5", ttl, "6556616c7565", "67" + PATH, sequence, validity, type);
    document("sequence is negative", "a5", ttl, value, "6853657175656e6365", "20", validity, type);
    document("sequence is bytes", "a5", ttl, value, "6853657175656e6365", "4107", validity, type);
    document(
        "sequence is a float",
        "a5",
        ttl,
        value,
        "6853657175656e6365",
        "fb401c000000000000",
        validity,
        type);
    document(
        "validity is text",
        "a5",
        ttl,
        value,
        sequence,
        "6856616c6964697479",
        "781e",
        VALIDITY.toHex(),
        type);
    document(
        "validity type 1",
        "a5",
        ttl,
        value,
        sequence,
        validity,
        "6c56616c696469747954797065",
        "01");
    document(
        "validity type is null",
        "a5",
        ttl,
        value,
        sequence,
        validity,
        "6c56616c696469747954797065",
        "f6");
    document("keys by the alphabet", "a5", sequence, ttl, validity, type, value);
    document("two keys swapped", "a5", ttl, value, validity, sequence, type);
    document("a key twice", "a6", ttl, value, value, sequence, validity, type);
    document(
        "a key twice, another value",
        "a6",
        ttl,
        value,
        "6556616c7565",
        "47" + OTHER_PATH,
        sequence,
        validity,
        type);
    document("a count that is too high", "a6", ttl, value, sequence, validity, type);
    document("a count that is too low", "a4", ttl, value, sequence, validity, type);
    document("bytes after the end", "a5", ttl, value, sequence, validity, type, "00");
    document("an indefinite map", "bf", ttl, value, sequence, validity, type, "ff");
    document("a list", "80");
    document("an empty map", "a0");
    document(
        "a number in long spelling",
        "a5",
        ttl,
        value,
        "6853657175656e6365",
        "1807",
        validity,
        type);
    document(
        "a length in long spelling",
        "a5",
        ttl,
        "6556616c7565",
        "5807" + PATH,
        sequence,
        validity,
        type);
    document("a count in long spelling", "b805", ttl, value, sequence, validity, type);
    String[][] extras = {
      {"a number", "1903e8"},
      {"a negative number", "20"},
      {"text", "6161"},
      {"bytes", "4100"},
      {"a list", "820102"},
      {"a map", "a1616101"},
      {"true", "f5"},
      {"null", "f6"},
      {"a link", "d82a450001550000"},
      {"a link without a prefix", "d82a4401550000"},
      {"half a link", "d82a420001"},
      {"a float of 64 bits", "fb3ff8000000000000"},
      {"a float of 16 bits", "f93e00"},
      {"a float of 32 bits", "fa3fc00000"},
      {"not a number", "fb7ff8000000000000"},
      {"infinity", "fb7ff0000000000000"},
      {"undefined", "f7"},
      {"a date's tag", "c11a5f5e0ff0"},
      {"an unassigned simple value", "f0"},
      {"text that is not UTF-8", "61ff"},
      {"indefinite text", "7f6161ff"},
      {"a reserved length", "1c"},
      {"nothing", ""},
      {"a bomb of lists", "81".repeat(5_000) + "00"},
      {"lists in lists, 30 deep", "81".repeat(30) + "00"},
      {"a list without end", "9b00000000ffffffff"},
      {"bytes without end", "5b7fffffffffffffff"}
    };
    for (String[] extra : extras) {
      document(
          "one more field: " + extra[0],
          "a6",
          "625f61",
          extra[1],
          ttl,
          value,
          sequence,
          validity,
          type);
    }
    document(
        "one more field, out of order", "a6", ttl, value, sequence, validity, type, "625f61", "00");
    document("a key that is a number", "a6", "01", "00", ttl, value, sequence, validity, type);
  }

  private void times() {
    String[] times = {
      "2123-08-14T12:17:03Z",
      "2123-08-14T12:17:03.6Z",
      "2123-08-14T12:17:03.694052000Z",
      "2123-08-14T12:17:03.6940520001Z",
      "2123-08-14T12:17:03+01:00",
      "2123-08-14T12:17:03-23:59",
      "2123-08-14T12:17:03+24:00",
      "2123-08-14T12:17:03",
      "2123-08-14 12:17:03Z",
      "2123-08-14",
      "2123-8-14T12:17:03Z",
      "2123-02-29T00:00:00Z",
      "2124-02-29T00:00:00Z",
      "2123-13-01T00:00:00Z",
      "2123-08-14T24:00:00Z",
      "2123-08-14T12:17:60Z",
      "2123-08-14t12:17:03z",
      "9999-12-31T23:59:59Z",
      "9999-12-31T23:59:59.999999999Z",
      "10000-01-01T00:00:00Z",
      "+10000-01-01T00:00:00Z",
      "0000-01-01T00:00:00Z",
      "-0001-01-01T00:00:00Z",
      "2020-01-01T00:00:00Z",
      "",
      "never",
      " 2123-08-14T12:17:03Z",
      "2123-08-14T12:17:03Z ",
      "4839834423"
    };
    for (String time : times) {
      var data = new IpnsData(VALUE, Bytes.utf8(time), 0, 7, TTL.toNanos());
      add("until '" + time + "'", signed(data.write()));
    }
    add("until bytes", signed(new IpnsData(VALUE, Bytes.fromHex("ff00"), 0, 7, 0).write()));
  }

  private void protobufs() {
    add("empty", Bytes.EMPTY);
    add("text", Bytes.utf8("/ipfs/bafy"));
    add(
        "unknown fields",
        new ProtoWriter()
            .raw(both)
            .varint(99, 5)
            .bytes(100, Bytes.utf8("x"))
            .fixed64(101, 1)
            .fixed32(102, 1)
            .toBytes());
    add("a group", both.concat(Bytes.fromHex("a306" + "a406")));
    add("field 0", both.concat(Bytes.fromHex("0000")));
    add(
        "value twice, the last one right",
        new ProtoWriter().bytes(1, Bytes.utf8("x")).raw(both).toBytes());
    add(
        "value twice, the last one wrong",
        new ProtoWriter().raw(both).bytes(1, Bytes.utf8("x")).toBytes());
    add(
        "data twice, the last one wrong",
        new ProtoWriter().raw(both).bytes(9, Bytes.fromHex("a0")).toBytes());
    add(
        "signature v2 twice, the last one empty",
        new ProtoWriter().raw(both).bytes(8, Bytes.EMPTY).toBytes());
    add(
        "sequence in a long varint",
        new ProtoWriter().raw(both).raw(Bytes.fromHex("28878000")).toBytes());
    add(
        "sequence in eleven bytes",
        new ProtoWriter().raw(both).raw(Bytes.fromHex("28" + "80".repeat(10) + "01")).toBytes());
    add(
        "sequence of the wrong wire type",
        new ProtoWriter().raw(both).bytes(5, Bytes.utf8("7")).toBytes());
    add("value of the wrong wire type", new ProtoWriter().raw(both).varint(1, 7).toBytes());
    add("validity type beyond 32 bits", new ProtoWriter().raw(both).varint(3, 1L << 32).toBytes());
    add("twice the same record", both.concat(both));
    add("a length beyond the end", both.concat(Bytes.fromHex("a206ff01")));
  }

  private void sizes() {
    int head = 4;
    for (int size : new int[] {10_239, 10_240, 10_241, 20_000}) {
      Bytes padding = Bytes.wrap(new byte[size - both.size() - head]);
      Bytes padded = new ProtoWriter().raw(both).bytes(100, padding).toBytes();
      add(padded.size() + " bytes", padded);
    }
  }

  /// One bit changed, or the end cut off, here and there.
  private void damage() {
    byte[] whole = both.toArray();
    for (int at = 0; at < whole.length; at += 5) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      add("bit 0 of byte " + at, Bytes.wrap(changed));
    }
    for (int at = 1; at < whole.length; at += 17) {
      add("cut after " + at + " bytes", both.slice(0, at));
    }
  }
}
