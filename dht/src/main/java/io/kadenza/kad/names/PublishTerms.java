package io.kadenza.kad.names;

import io.kadenza.kad.record.ipns.IpnsRecord;
import java.time.Duration;
import java.util.OptionalLong;

/// How a name's record is made.
///
/// @param lifetime how long the record is valid: 48 h, as long as the DHT keeps it, unless set. One
///   with a longer life has to be stored again all the same, which takes a node that stays
/// @param ttl for how long readers may keep it without looking again: 5 min unless set
/// @param form whether readers from before 2021 are served as well
/// @param sequence the version, without a sign; one more than the highest known if empty
public record PublishTerms(
    Duration lifetime, Duration ttl, IpnsRecord.Form form, OptionalLong sequence) {
  /// So long that nobody needs more, and that no arithmetic overflows.
  private static final Duration MOST = Duration.ofDays(365 * 100);

  private static final int RENEWALS = 3;

  /// Those who keep records drop them after 48 h.
  private static final Duration LONGEST_WAIT = Duration.ofHours(22);

  public static final PublishTerms DEFAULT =
      new PublishTerms(
          Duration.ofDays(2),
          Duration.ofMinutes(5),
          IpnsRecord.Form.V1_AND_V2,
          OptionalLong.empty());

  public PublishTerms {
    if (!lifetime.isPositive() || lifetime.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a lifetime is more than 0, 100 years at most");
    }
    if (ttl.isNegative() || ttl.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("a TTL is 0 to 100 years");
    }
  }

  public PublishTerms withLifetime(Duration value) {
    return new PublishTerms(value, ttl, form, sequence);
  }

  public PublishTerms withTtl(Duration value) {
    return new PublishTerms(lifetime, value, form, sequence);
  }

  public PublishTerms withForm(IpnsRecord.Form value) {
    return new PublishTerms(lifetime, ttl, value, sequence);
  }

  public PublishTerms withSequence(long value) {
    return new PublishTerms(lifetime, ttl, form, OptionalLong.of(value));
  }

  /// How long to wait before [Names#renew]: a third of the lifetime and 22 h at most, so that one
  /// attempt may fail before the record expires or is dropped.
  public Duration renewEvery() {
    Duration third = lifetime.dividedBy(RENEWALS);
    return third.compareTo(LONGEST_WAIT) < 0 ? third : LONGEST_WAIT;
  }
}
