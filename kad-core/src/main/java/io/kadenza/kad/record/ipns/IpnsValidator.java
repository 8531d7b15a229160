package io.kadenza.kad.record.ipns;

import io.kadenza.kad.record.Validator;
import io.kadenza.kad.record.Verdict;
import io.kadenza.multiformats.Bytes;
import io.kadenza.multiformats.MalformedException;
import java.time.Instant;
import java.util.List;

/// The records of the namespace `ipns`: signed by the peer that the key names, and not expired. Of
/// several the best is the greatest [IpnsRecord].
public final class IpnsValidator implements Validator {
  public IpnsValidator() {}

  @Override
  public Verdict validate(Bytes key, Bytes value, Instant now) {
    try {
      IpnsRecord record = IpnsRecord.read(IpnsName.ofKey(key).owner(), value);
      return record.isExpired(now)
          ? Verdict.invalid("the IPNS record expired at " + record.expires())
          : Verdict.validUntil(record.expires());
    } catch (MalformedException e) {
      return Verdict.invalid(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int select(Bytes key, List<Bytes> values) {
    int best = 0;
    IpnsRecord bestRecord = IpnsRecord.readVerified(values.getFirst());
    for (int i = 1; i < values.size(); i++) {
      if (!values.get(i).equals(bestRecord.bytes())) {
        IpnsRecord record = IpnsRecord.readVerified(values.get(i));
        if (record.compareTo(bestRecord) > 0) {
          best = i;
          bestRecord = record;
        }
      }
    }
    return best;
  }
}
