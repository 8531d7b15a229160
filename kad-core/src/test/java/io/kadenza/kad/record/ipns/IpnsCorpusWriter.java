package io.kadenza.kad.record.ipns;

import static io.kadenza.kad.record.ipns.IpnsCorpus.END;
import static io.kadenza.kad.record.ipns.IpnsCorpus.TTL;
import static io.kadenza.kad.record.ipns.IpnsCorpus.VALIDITY;
import static io.kadenza.kad.record.ipns.IpnsCorpus.VALUE;

import io.kadenza.crypto.KeyType;
import io.kadenza.crypto.PrivateKey;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.PeerId;
import io.kadenza.multiformats.wire.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Writes `corpus.tsv` anew, with fresh keys: good records, and records that are bad in one way
/// each. To be run by hand when there is something to add; the verdicts that it writes are ours and
/// have to be held against those of boxo and js (`interop/run --ipns-corpus`).
final class IpnsCorpusWriter {
  private final IpnsCorpus corpus = new IpnsCorpus();
  private final PrivateKey owner = corpus.owner();
  private final Bytes both = IpnsRecord.sign(owner, VALUE, 7, END, TTL).bytes();
  private final IpnsEntry entry = IpnsEntry.read(both);

  public static void main(String[] args) throws IOException {
    var writer = new IpnsCorpusWriter();
    writer.good();
    writer.versions();
    writer.keys();
    new IpnsDocuments(writer.corpus).addAll();
    writer.times();
    writer.protobufs();
    writer.sizes();
    writer.damage();
    Files.write(Path.of(args[0]), writer.corpus.lines());
  }

  private void good() {
    for (KeyType type : KeyType.values()) {
      PrivateKey key = PrivateKey.generate(type);
      PeerId id = key.publicKey().peerId();
      String kind = type.name().toLowerCase(Locale.ROOT);
      for (IpnsRecord.Form form : IpnsRecord.Form.values()) {
        corpus.add(kind + " " + form, id, IpnsRecord.sign(key, VALUE, 1, END, TTL, form).bytes());
      }
      IpnsEntry made =
          IpnsEntry.read(IpnsRecord.sign(key, VALUE, 1, END, TTL, IpnsRecord.Form.V2_ONLY).bytes());
      Bytes itsKey = key.publicKey().protobuf();
      corpus.add(
          kind + " with its key",
          id,
          new IpnsEntry(itsKey, made.signatureV2(), made.document()).write());
      corpus.add(
          kind + " without its key",
          id,
          new IpnsEntry(Bytes.EMPTY, made.signatureV2(), made.document()).write());
      corpus.add(
          kind + " with another's key",
          id,
          new IpnsEntry(owner.publicKey().protobuf(), made.signatureV2(), made.document()).write());
      corpus.add(kind + " under another's name", corpus.name(), made.write());
    }
    corpus.add("sequence 0", IpnsRecord.sign(owner, VALUE, 0, END, TTL).bytes());
    corpus.add("sequence 2^63-1", IpnsRecord.sign(owner, VALUE, Long.MAX_VALUE, END, TTL).bytes());
    corpus.add("sequence 2^63", IpnsRecord.sign(owner, VALUE, Long.MIN_VALUE, END, TTL).bytes());
    corpus.add("sequence 2^64-1", IpnsRecord.sign(owner, VALUE, -1, END, TTL).bytes());
    corpus.add("ttl 0", IpnsRecord.sign(owner, VALUE, 1, END, Duration.ZERO).bytes());
    corpus.add("an empty value", IpnsRecord.sign(owner, Bytes.EMPTY, 1, END, TTL).bytes());
    corpus.add(
        "a value in binary", IpnsRecord.sign(owner, Bytes.fromHex("00ff80"), 1, END, TTL).bytes());
    corpus.add(
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
    corpus.add(
        "v1 only",
        new ProtoWriter()
            .bytes(1, VALUE)
            .bytes(2, sig)
            .varint(3, 0)
            .bytes(4, VALIDITY)
            .varint(5, 7)
            .varint(6, ttl)
            .toBytes());
    corpus.add("no signature v2", new ProtoWriter().bytes(9, entry.document()).toBytes());
    corpus.add("no data", new ProtoWriter().bytes(8, entry.signatureV2()).toBytes());
    corpus.add(
        "signature v1 is wrong",
        first(VALUE, Bytes.wrap(new byte[64]), 0, VALIDITY, 7, ttl).write());
    corpus.add("signature v1 is missing", first(VALUE, Bytes.EMPTY, 0, VALIDITY, 7, ttl).write());
    corpus.add("value is missing", first(Bytes.EMPTY, sig, 0, VALIDITY, 7, ttl).write());
    corpus.add("another value", first(Bytes.utf8("/ipfs/x"), sig, 0, VALIDITY, 7, ttl).write());
    corpus.add("another validity type", first(VALUE, sig, 1, VALIDITY, 7, ttl).write());
    corpus.add(
        "another validity",
        first(VALUE, sig, 0, Bytes.utf8("2124-01-01T00:00:00Z"), 7, ttl).write());
    corpus.add("another sequence", first(VALUE, sig, 0, VALIDITY, 8, ttl).write());
    corpus.add("another ttl", first(VALUE, sig, 0, VALIDITY, 7, ttl + 1).write());
    Bytes v2 = new IpnsEntry(Bytes.EMPTY, entry.signatureV2(), entry.document()).write();
    corpus.add("of v1 a wrong sequence alone", new ProtoWriter().varint(5, 9).raw(v2).toBytes());
    corpus.add(
        "of v1 a wrong validity alone",
        new ProtoWriter().bytes(4, Bytes.utf8("x")).raw(v2).toBytes());
    corpus.add("of v1 only the signature", new ProtoWriter().bytes(2, sig).raw(v2).toBytes());
    corpus.add("of v1 only the value", new ProtoWriter().bytes(1, VALUE).raw(v2).toBytes());
  }

  private void keys() {
    PrivateKey other = PrivateKey.generate(KeyType.ED25519);
    corpus.add(
        "signed by another", corpus.name(), IpnsRecord.sign(other, VALUE, 1, END, TTL).bytes());
    corpus.add(
        "a key that is none",
        new IpnsEntry(Bytes.utf8("key"), entry.signatureV2(), entry.document()).write());
    corpus.add("an empty key", new ProtoWriter().bytes(7, Bytes.EMPTY).raw(both).toBytes());
    corpus.add(
        "an endless signature",
        new IpnsEntry(Bytes.EMPTY, Bytes.wrap(new byte[3_000]), entry.document()).write());
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
      corpus.add("until '" + time + "'", corpus.signed(data.write()));
    }
    corpus.add(
        "until bytes", corpus.signed(new IpnsData(VALUE, Bytes.fromHex("ff00"), 0, 7, 0).write()));
  }

  private void protobufs() {
    corpus.add("empty", Bytes.EMPTY);
    corpus.add("text", Bytes.utf8("/ipfs/bafy"));
    corpus.add(
        "unknown fields",
        new ProtoWriter()
            .raw(both)
            .varint(99, 5)
            .bytes(100, Bytes.utf8("x"))
            .fixed64(101, 1)
            .fixed32(102, 1)
            .toBytes());
    corpus.add("a group", both.concat(Bytes.fromHex("a306" + "a406")));
    corpus.add("field 0", both.concat(Bytes.fromHex("0000")));
    corpus.add(
        "value twice, the last one right",
        new ProtoWriter().bytes(1, Bytes.utf8("x")).raw(both).toBytes());
    corpus.add(
        "value twice, the last one wrong",
        new ProtoWriter().raw(both).bytes(1, Bytes.utf8("x")).toBytes());
    corpus.add(
        "data twice, the last one wrong",
        new ProtoWriter().raw(both).bytes(9, Bytes.fromHex("a0")).toBytes());
    corpus.add(
        "signature v2 twice, the last one empty",
        new ProtoWriter().raw(both).bytes(8, Bytes.EMPTY).toBytes());
    corpus.add(
        "sequence in a long varint",
        new ProtoWriter().raw(both).raw(Bytes.fromHex("28878000")).toBytes());
    corpus.add(
        "sequence in eleven bytes",
        new ProtoWriter().raw(both).raw(Bytes.fromHex("28" + "80".repeat(10) + "01")).toBytes());
    corpus.add(
        "sequence of the wrong wire type",
        new ProtoWriter().raw(both).bytes(5, Bytes.utf8("7")).toBytes());
    corpus.add("value of the wrong wire type", new ProtoWriter().raw(both).varint(1, 7).toBytes());
    corpus.add(
        "validity type beyond 32 bits", new ProtoWriter().raw(both).varint(3, 1L << 32).toBytes());
    corpus.add("twice the same record", both.concat(both));
    corpus.add("a length beyond the end", both.concat(Bytes.fromHex("a206ff01")));
  }

  private void sizes() {
    int head = 4;
    for (int size : new int[] {10_239, 10_240, 10_241, 20_000}) {
      Bytes padding = Bytes.wrap(new byte[size - both.size() - head]);
      Bytes padded = new ProtoWriter().raw(both).bytes(100, padding).toBytes();
      corpus.add(padded.size() + " bytes", padded);
    }
  }

  /// One bit changed, or the end cut off, here and there.
  private void damage() {
    byte[] whole = both.toArray();
    for (int at = 0; at < whole.length; at += 5) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      corpus.add("bit 0 of byte " + at, Bytes.wrap(changed));
    }
    for (int at = 1; at < whole.length; at += 17) {
      corpus.add("cut after " + at + " bytes", both.slice(0, at));
    }
  }
}
