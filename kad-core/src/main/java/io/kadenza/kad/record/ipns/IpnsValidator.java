package io.kadenza.kad.record.ipns;

import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import io.kadenza.multiformats.PeerId;
import java.time.Instant;
import java.util.List;

/// The records of the namespace `ipns`: signed by the peer that the key names, and not expired. The
/// better of two has the higher sequence, then the later end, then the greater bytes, so that all
/// nodes agree.
public final class IpnsValidator implements Validator {
  static final Bytes PREFIX = Bytes.utf8("/ipns/");

  public IpnsValidator() {}

  @Override
  public Verdict validate(Bytes key, Bytes value, Instant now) {
    try {
      IpnsRecord record = IpnsRecord.read(name(key), value);
      return record.expires().isAfter(now)
          ? Verdict.validUntil(record.expires())
          : Verdict.invalid("the IPNS record expired at " + record.expires());
    } catch (MalformedException e) {
      return Verdict.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static PeerId name(Bytes key) {
    if (!key.startsWith(PREFIX)) {
      throw MalformedException.onWire("the key does not begin with /ipns/");
    }
    return PeerId.of(key.slice(PREFIX.size(), key.size()).toArray());
  }

  @Override
  public int select(Bytes key, List<Bytes> values) {
    int best = 0;
    IpnsRecord bestRecord = IpnsRecord.readVerified(values.getFirst());
    for (int i = 1; i < values.size(); i++) {
      if (!values.get(i).equals(bestRecord.bytes())) {
        IpnsRecord record = IpnsRecord.readVerified(values.get(i));
        if (compare(record, bestRecord) > 0) {
          best = i;
          bestRecord = record;
        }
      }
    }
    return best;
  }

  private static int compare(IpnsRecord a, IpnsRecord b) {
    int bySequence = Long.compareUnsigned(a.sequence(), b.sequence());
    if (bySequence != 0) {
      return bySequence;
    }
    int byEnd = a.expires().compareTo(b.expires());
    return byEnd != 0 ? byEnd : a.bytes().compareTo(b.bytes());
  }
}
