package io.kadenza.kad.record.ipns;

import io.kadenza.multiformats.Bytes;

/// Records of the second version around documents in CBOR that are good, or bad in one way each.
final class IpnsDocuments {
  private static final String PATH = Bytes.utf8("/ipfs/a").toHex();
  private static final String OTHER_PATH = Bytes.utf8("/ipfs/b").toHex();

  private final IpnsCorpus corpus;

  IpnsDocuments(IpnsCorpus corpus) {
    this.corpus = corpus;
  }

  void addAll() {
    String ttl = "6354544c" + "1b000001a3185c5000";
    String value = "6556616c7565" + "47" + PATH;
    String sequence = "6853657175656e6365" + "07";
    String validity = "6856616c6964697479" + "581e" + IpnsCorpus.VALIDITY.toHex();
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
        IpnsCorpus.VALIDITY.toHex(),
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

  private void document(String what, String... hex) {
    corpus.add(what, corpus.signed(Bytes.fromHex(String.join("", hex))));
  }
}
